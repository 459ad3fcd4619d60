with
    members as (select * from {{ ref('int_event_members') }}),

    mention_jurisdictions as (select * from {{ ref('stg_mention_jurisdictions') }}),

    counted as (
        select
            members.event_id,
            mention_jurisdictions.jurisdiction_id,
            mention_jurisdictions.relation,
            mention_jurisdictions.rule,
            count(*) as rule_count,
        from members
        inner join mention_jurisdictions on members.mention_id = mention_jurisdictions.mention_id
        group by all
    ),

    final as (
        select
            event_id,
            jurisdiction_id,
            relation,
            rule,
            cast(
                sum(rule_count) over (partition by event_id, jurisdiction_id, relation) as integer
            ) as relation_count,
        from counted
        qualify
            row_number() over (
                partition by event_id, jurisdiction_id, relation order by rule_count desc, rule
            )
            = 1
    )

select *
from final
