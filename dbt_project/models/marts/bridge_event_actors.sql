with
    event_actors as (select * from {{ ref('int_event_actors') }}),

    final as (select event_id, actor_id, role, name_as_reported, from event_actors)

select *
from final
order by event_id, actor_id, role
