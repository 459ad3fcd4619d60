-- A step never follows itself or a later one, and no chain comes back to where it began.
with recursive
    events as (select * from {{ ref('fact_events') }}),

    backwards as (
        select later.event_id,
        from events as later
        inner join events as earlier on later.follows_event_id = earlier.event_id
        where
            later.event_id = later.follows_event_id
            or coalesce(earlier.event_date, earlier.first_reported_date)
            > coalesce(later.event_date, later.first_reported_date)
    ),

    chains as (
        select event_id, follows_event_id, 1 as step_count,
        from events
        where follows_event_id is not null
        union all
        select chains.event_id, events.follows_event_id, chains.step_count + 1,
        from chains
        inner join events on chains.follows_event_id = events.event_id
        where
            events.follows_event_id is not null
            and chains.step_count < 100
            and events.event_id != chains.event_id
    )

select event_id
from backwards
union all
select event_id
from chains
where follows_event_id = event_id or step_count = 100
