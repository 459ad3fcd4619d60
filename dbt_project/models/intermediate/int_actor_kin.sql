-- Who may stand for whom in the news: a body for its parent, a person for the organisation led, an
-- official or a ministry for the government of the country.
with
    actors as (select * from {{ ref('int_actors') }}),

    offices as (select * from {{ ref('stg_actor_roles') }}),

    of_government as (
        select bodies.actor_id, governments.actor_id as kin_actor_id,
        from actors as bodies
        inner join
            actors as governments
            on bodies.home_jurisdiction_id = governments.home_jurisdiction_id
            and governments.actor_type = 'government'
        where bodies.actor_type in ('head_of_state', 'head_of_government', 'minister_official', 'ministry')
    ),

    one_way as (
        select actor_id, parent_actor_id as kin_actor_id,
        from actors
        where parent_actor_id is not null
        union
        select actor_id, organisation_actor_id as kin_actor_id,
        from offices
        where organisation_actor_id is not null
        union
        select actor_id, kin_actor_id,
        from of_government
    ),

    final as (
        select actor_id, kin_actor_id,
        from one_way
        where actor_id != kin_actor_id
        union
        select kin_actor_id as actor_id, actor_id as kin_actor_id,
        from one_way
        where actor_id != kin_actor_id
    )

select *
from final
