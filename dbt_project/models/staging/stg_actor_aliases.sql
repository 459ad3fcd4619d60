with
    source as (select * from {{ source('landing', 'actor_aliases') }}),

    renamed as (select actor_id, alias, from source)

select *
from renamed
