with
    source as (select * from {{ source('landing', 'mention_topics') }}),

    renamed as (select mention_id, topic, from source)

select *
from renamed
