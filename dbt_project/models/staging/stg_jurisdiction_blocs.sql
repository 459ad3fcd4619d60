with
    source as (select * from {{ source('landing', 'jurisdiction_blocs') }}),

    renamed as (select jurisdiction_id, bloc_id, from source)

select *
from renamed
