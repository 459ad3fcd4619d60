with
    source as (select * from {{ source('quality', 'document_log') }}),

    renamed as (select document_id, cast(first_seen_at as timestamp) as first_seen_at, from source)

select *
from renamed
