-- Distinct amounts of each event. Sources that disagree stay side by side.
with
    members as (select * from {{ ref('int_event_members') }}),

    mention_amounts as (select * from {{ ref('stg_mention_amounts') }}),

    told as (
        select
            members.event_id,
            mention_amounts.*,
            -- A sentence that states a sum twice is one mention of it.
            count(distinct mention_amounts.mention_id) over (
                partition by event_id, amount_value, amount_value_max, amount_unit, amount_role
            ) as mention_count,
        from members
        inner join mention_amounts on members.mention_id = mention_amounts.mention_id
    ),

    wordings as (
        select
            event_id,
            amount_value,
            amount_value_max,
            amount_unit,
            amount_role,
            amount_qualifier,
            amount_text,
            mention_count,
            count(distinct mention_id) as wording_count,
        from told
        group by all
    ),

    final as (
        select
            event_id,
            amount_value,
            amount_value_max,
            amount_unit,
            amount_role,
            amount_qualifier,
            amount_text,
            cast(mention_count as integer) as mention_count,
        from wordings
        qualify
            row_number() over (
                partition by event_id, amount_value, amount_value_max, amount_unit, amount_role
                order by
                    wording_count desc,
                    {{ list_rank('amount_qualifier', 'amount_qualifiers') }},
                    length(amount_text) desc,
                    amount_text
            )
            = 1
    )

select *
from final
