with
    source as (select * from {{ source('landing', 'actor_roles') }}),

    renamed as (
        select actor_id, office, office_type, organisation_actor_id, valid_from, valid_to, from source
    )

select *
from renamed
