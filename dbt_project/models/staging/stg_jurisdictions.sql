with
    source as (select * from {{ source('landing', 'jurisdictions') }}),

    renamed as (
        select
            jurisdiction_id,
            jurisdiction_name,
            jurisdiction_type,
            iso_alpha3,
            iso_numeric,
            parent_jurisdiction_id,
            region,
            subregion,
            currency_code,
        from source
    )

select *
from renamed
