-- Distinct amounts of each event. Sources that disagree stay side by side.
with
    members as (select * from {{ ref('int_event_members') }}),

    mention_amounts as (select * from {{ ref('stg_mention_amounts') }}),

    told as (
        select members.event_id, mention_amounts.*,
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
            count(distinct mention_id) as wording_count,
        from told
        group by all
    ),

    -- A sentence that states a sum twice is one mention of it.
    counted as (
        select
            event_id,
            amount_value,
            amount_value_max,
            amount_unit,
            amount_role,
            count(distinct mention_id) as mention_count,
        from told
        group by all
    ),

    chosen as (
        select *
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
    ),

    final as (
        select
            chosen.event_id,
            chosen.amount_value,
            chosen.amount_value_max,
            chosen.amount_unit,
            chosen.amount_role,
            chosen.amount_qualifier,
            chosen.amount_text,
            cast(counted.mention_count as integer) as mention_count,
        from chosen
        inner join
            counted
            on chosen.event_id = counted.event_id
            and chosen.amount_value = counted.amount_value
            and chosen.amount_value_max is not distinct from counted.amount_value_max
            and chosen.amount_unit = counted.amount_unit
            and chosen.amount_role is not distinct from counted.amount_role
    )

select *
from final
