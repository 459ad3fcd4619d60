with
    source as (select * from {{ source('landing', 'mention_actors') }}),

    renamed as (select mention_id, actor_id, role, name_as_reported, char_start, char_end, rule, from source)

select *
from renamed
