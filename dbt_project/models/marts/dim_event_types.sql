with
    event_types as (select * from {{ ref('stg_event_types') }}),

    final as (
        select
            event_type,
            event_subtype,
            definition,
            plover_type,
            plover_mode,
            cameo_root,
            cast(quad_class as integer) as quad_class,
            polarity,
        from event_types
    )

select *
from final
order by {{ list_rank('event_type', 'event_types') }}, event_subtype nulls first
