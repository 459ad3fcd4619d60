-- Each event shows, for each field, a value that its mentions gave, and shows one only; else
-- explaining an event would explain another one.
with
    shown as (
        select event_id, 'event_type' as field_name, event_type is not null as has_value,
        from {{ ref('fact_events') }}
        union all
        select event_id, 'event_subtype', event_subtype is not null,
        from {{ ref('fact_events') }}
        union all
        select event_id, 'status', status is not null,
        from {{ ref('fact_events') }}
        union all
        select event_id, 'event_date', event_date is not null,
        from {{ ref('fact_events') }}
        union all
        select event_id, 'amount', amount_value is not null,
        from {{ ref('fact_events') }}
    ),

    found as (
        select event_id, field_name, count(*) as chosen_count,
        from {{ ref('event_values') }}
        where is_chosen and field_name != 'actor'
        group by all
    )

select event_id, field_name, has_value, coalesce(chosen_count, 0) as chosen_count,
from shown
left join found using (event_id, field_name)
where coalesce(chosen_count, 0) != cast(has_value as integer)
