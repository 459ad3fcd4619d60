-- A blank name, or an alias of blanks, would match everything and tell nothing.
select actor_id
from {{ ref('dim_actors') }}
where trim(actor_name) = '' or ftm_schema is null or plover_sector is null
union all
select actor_id
from {{ ref('dim_actor_aliases') }}
where trim(alias) = ''
union all
select actor_id
from {{ ref('bridge_event_actors') }}
where trim(name_as_reported) = ''
