-- Mentions of one event are of one kind of act, and its values are values that some mention gives.
with
    events as (select * from {{ ref('fact_events') }}),

    mentions as (select * from {{ ref('fact_event_mentions') }}),

    kinds as (select mention_id, act_kinds, from {{ ref('int_merge_mentions') }}),

    told as (select event_id, mention_id, act_kinds, from mentions inner join kinds using (mention_id)),

    strangers as (
        select event_id
        from told as one
        where
            exists (
                from told as other where other.event_id = one.event_id and other.mention_id != one.mention_id
            )
            and not exists (
                from told as other
                where
                    other.event_id = one.event_id
                    and other.mention_id != one.mention_id
                    and list_has_any(other.act_kinds, one.act_kinds)
            )
    )

select events.event_id
from events
inner join mentions on events.event_id = mentions.event_id
group by events.event_id
having
    bool_or(events.event_id in (select event_id from strangers))
    or not bool_or(mentions.event_type = events.event_type)
    or not bool_or(mentions.event_subtype is not distinct from events.event_subtype)
    or not bool_or(mentions.status = events.status)
    or not bool_or(mentions.event_date is not distinct from events.event_date)
