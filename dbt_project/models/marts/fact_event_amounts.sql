with
    amounts as (select * from {{ ref('int_event_amounts') }}),

    final as (
        select
            event_id,
            amount_value,
            amount_value_max,
            amount_unit,
            amount_role,
            amount_qualifier,
            amount_text,
            mention_count,
        from amounts
    )

select *
from final
order by event_id, amount_role, amount_unit, amount_value, amount_value_max
