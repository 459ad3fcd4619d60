with
    source as (select * from {{ source('landing', 'actors') }}),

    renamed as (select actor_id, actor_name, actor_type, home_jurisdiction_id, parent_actor_id, from source)

select *
from renamed
