with
    source as (select * from {{ source('landing', 'mention_jurisdictions') }}),

    renamed as (select mention_id, jurisdiction_id, relation, rule, char_start, char_end, from source)

select *
from renamed
