-- Mentions of one event are of one family, and its values are values that some mention gives.
with
    events as (select * from {{ ref('fact_events') }}),

    mentions as (select * from {{ ref('fact_event_mentions') }}),

    families as (select distinct event_type, merge_family, from {{ ref('stg_event_types') }})

select events.event_id
from events
inner join mentions on events.event_id = mentions.event_id
inner join families on mentions.event_type = families.event_type
group by events.event_id
having
    count(distinct families.merge_family) > 1
    or not bool_or(mentions.event_type = events.event_type)
    or not bool_or(mentions.event_subtype is not distinct from events.event_subtype)
    or not bool_or(mentions.status = events.status)
    or not bool_or(mentions.event_date is not distinct from events.event_date)
