with
    evidence as (select * from {{ ref('stg_mention_evidence') }}),

    final as (
        select
            mention_id,
            field_name,
            field_value,
            cast(char_start as integer) as char_start,
            cast(char_end as integer) as char_end,
            rule,
        from evidence
        group by all
    )

select *
from final
order by mention_id, field_name, field_value, char_start, char_end, rule
