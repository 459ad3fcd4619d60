with
    coded as (
        select event_type, event_subtype,
        from {{ ref('fact_events') }}
        union
        select event_type, event_subtype,
        from {{ ref('fact_event_mentions') }}
    ),

    event_types as (select * from {{ ref('dim_event_types') }})

select coded.event_type, coded.event_subtype
from coded
left join
    event_types
    on coded.event_type = event_types.event_type
    and coded.event_subtype is not distinct from event_types.event_subtype
where event_types.event_type is null
