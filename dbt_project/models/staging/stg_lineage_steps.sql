with
    source as (select * from {{ source('landing', 'lineage_steps') }}),

    renamed as (
        select from_event_type, from_event_subtype, to_event_type, to_event_subtype, procedure, from source
    )

select *
from renamed
