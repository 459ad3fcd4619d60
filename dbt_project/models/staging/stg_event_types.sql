with
    source as (select * from {{ source('landing', 'event_types') }}),

    renamed as (
        select
            event_type,
            event_subtype,
            definition,
            plover_type,
            plover_mode,
            cameo_root,
            quad_class,
            polarity,
            merge_family,
            summary_phrase,
        from source
    )

select *
from renamed
