with
    actors as (select * from {{ ref('int_actors') }}),

    event_actors as (select * from {{ ref('int_event_actors') }}),

    events as (select * from {{ ref('int_event_fields') }}),

    mention_actors as (select * from {{ ref('stg_mention_actors') }}),

    in_events as (
        select
            event_actors.actor_id,
            min(events.event_date) as first_event_date,
            max(events.event_date) as last_event_date,
            count(distinct event_actors.event_id) as event_count,
        from event_actors
        inner join events on event_actors.event_id = events.event_id
        group by event_actors.actor_id
    ),

    in_mentions as (
        select actor_id, count(distinct mention_id) as mention_count, from mention_actors group by actor_id
    ),

    final as (
        select
            actors.actor_id,
            actors.actor_name,
            actors.actor_type,
            actors.home_jurisdiction_id,
            actors.parent_actor_id,
            actors.is_curated,
            {{ ftm_schema('actors.actor_type') }} as ftm_schema,
            {{ plover_sector('actors.actor_type') }} as plover_sector,
            in_events.first_event_date,
            in_events.last_event_date,
            cast(coalesce(in_events.event_count, 0) as integer) as event_count,
            cast(coalesce(in_mentions.mention_count, 0) as integer) as mention_count,
        from actors
        left join in_events on actors.actor_id = in_events.actor_id
        left join in_mentions on actors.actor_id = in_mentions.actor_id
        -- Every curated actor stays: analysts join on them before the news does. The others are here for
        -- their events.
        where actors.is_curated or in_events.event_count > 0
    )

select *
from final
order by actor_id
