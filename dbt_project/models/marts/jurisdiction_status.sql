-- The state of regulation by jurisdiction and topic, from each act of law or rule to the next. What
-- is only proposed, imagined or denied sets no state, nor does a bill that was introduced; an act
-- that merely repeals or withdraws does.
with
    events as (select * from {{ ref('int_event_fields') }}),

    event_jurisdictions as (select * from {{ ref('int_event_jurisdictions') }}),

    members as (select * from {{ ref('int_event_members') }}),

    mention_topics as (select * from {{ ref('stg_mention_topics') }}),

    event_topics as (
        select distinct members.event_id, mention_topics.topic,
        from members
        inner join mention_topics on members.mention_id = mention_topics.mention_id
    ),

    acts as (
        select
            event_jurisdictions.jurisdiction_id,
            event_topics.topic,
            events.event_id as status_event_id,
            events.event_type,
            events.event_subtype,
            events.event_date as valid_from,
            events.date_precision,
            events.confidence,
        from events
        inner join event_jurisdictions on events.event_id = event_jurisdictions.event_id
        inner join event_topics on events.event_id = event_topics.event_id
        where
            event_jurisdictions.relation = 'regulating'
            and {{ sets_state('events.event_type', 'events.event_subtype') }}
            and events.status in ('occurred', 'ongoing')
            and events.event_date is not null
    ),

    -- Of several acts of one day the most certain sets the state.
    act_of_day as (
        select *,
        from acts
        qualify
            row_number() over (
                partition by jurisdiction_id, topic, valid_from order by confidence desc, status_event_id
            )
            = 1
    ),

    final as (
        select
            jurisdiction_id,
            topic,
            valid_from,
            lead(valid_from) over (partition by jurisdiction_id, topic order by valid_from) - 1 as valid_to,
            event_type,
            event_subtype,
            date_precision,
            status_event_id,
        from act_of_day
    )

select *
from final
order by jurisdiction_id, topic, valid_from
