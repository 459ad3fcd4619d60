with
    curated as (select * from {{ ref('stg_actors') }}),

    sightings as (select * from {{ ref('stg_actor_sightings') }}),

    reported as (select * from {{ ref('stg_mention_actors') }}),

    uncurated_sightings as (
        select actor_id, actor_name, actor_type, home_jurisdiction_id,
        from sightings
        where actor_id not in (select actor_id from curated)
    ),

    -- The name most articles use, then the longest, then the first of the alphabet.
    names as (
        select actor_id, actor_name,
        from uncurated_sightings
        group by actor_id, actor_name
        qualify
            row_number() over (
                partition by actor_id order by count(*) desc, length(actor_name) desc, actor_name
            )
            = 1
    ),

    types as (
        select actor_id, actor_type,
        from uncurated_sightings
        group by actor_id, actor_type
        qualify row_number() over (partition by actor_id order by count(*) desc, actor_type) = 1
    ),

    homes as (
        select actor_id, home_jurisdiction_id,
        from uncurated_sightings
        where home_jurisdiction_id is not null
        group by actor_id, home_jurisdiction_id
        qualify row_number() over (partition by actor_id order by count(*) desc, home_jurisdiction_id) = 1
    ),

    -- An actor of a mention that no article introduces: kept under its reported name, as a class of
    -- unknown kind.
    unsighted as (
        select actor_id, name_as_reported as actor_name,
        from reported
        where
            actor_id not in (select actor_id from curated)
            and actor_id not in (select actor_id from uncurated_sightings)
        group by actor_id, name_as_reported
        qualify
            row_number() over (
                partition by actor_id order by count(*) desc, length(name_as_reported) desc, name_as_reported
            )
            = 1
    ),

    final as (
        select actor_id, actor_name, actor_type, home_jurisdiction_id, parent_actor_id, true as is_curated,
        from curated
        union all
        select
            names.actor_id,
            names.actor_name,
            types.actor_type,
            homes.home_jurisdiction_id,
            cast(null as text) as parent_actor_id,
            false as is_curated,
        from names
        inner join types on names.actor_id = types.actor_id
        left join homes on names.actor_id = homes.actor_id
        union all
        select
            actor_id,
            actor_name,
            'group_class' as actor_type,
            cast(null as text) as home_jurisdiction_id,
            cast(null as text) as parent_actor_id,
            false as is_curated,
        from unsighted
    )

select *
from final
