with
    source as (select * from {{ source('landing', 'mention_evidence') }}),

    renamed as (select mention_id, field_name, field_value, char_start, char_end, rule, from source)

select *
from renamed
