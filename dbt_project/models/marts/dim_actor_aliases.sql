with
    actors as (select * from {{ ref('dim_actors') }}),

    curated as (select * from {{ ref('stg_actor_aliases') }}),

    mention_actors as (select * from {{ ref('stg_mention_actors') }}),

    sightings as (select * from {{ ref('stg_actor_sightings') }}),

    aliases as (
        select actor_id, alias,
        from curated
        union
        select actor_id, name_as_reported as alias,
        from mention_actors
        -- "It" and "the regulator" are names in one sentence only.
        where not {{ in_list('rule', 'descriptive_rules') }}
        union
        select actor_id, actor_name as alias,
        from sightings
    ),

    final as (
        select aliases.actor_id, aliases.alias,
        from aliases
        inner join actors on aliases.actor_id = actors.actor_id
        where aliases.alias != actors.actor_name
    )

select *
from final
order by actor_id, alias
