with
    source as (select * from {{ source('landing', 'documents') }}),

    renamed as (select document_id, seed_path, byte_count, encoding, media_type, text, from source)

select *
from renamed
