with
    source as (select * from {{ source('landing', 'mention_amounts') }}),

    renamed as (
        select
            mention_id,
            amount_number,
            amount_value,
            amount_value_max,
            amount_unit,
            amount_role,
            amount_qualifier,
            amount_text,
            char_start,
            char_end,
        from source
    )

select *
from renamed
