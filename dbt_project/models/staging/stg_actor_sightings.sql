with
    source as (select * from {{ source('landing', 'actor_sightings') }}),

    renamed as (select article_id, actor_id, actor_name, actor_type, home_jurisdiction_id, from source)

select *
from renamed
