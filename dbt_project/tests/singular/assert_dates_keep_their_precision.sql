-- A date and a precision come together; a month, quarter or year is stored as its first day; no range
-- runs backwards.
with
    dated as (
        select event_id as row_id, event_date, event_date_end, date_precision,
        from {{ ref('fact_events') }}
        union all
        select mention_id as row_id, event_date, event_date_end, date_precision,
        from {{ ref('fact_event_mentions') }}
    )

select row_id
from dated
where
    (event_date is null) != (date_precision = 'unresolved')
    or (event_date is null and event_date_end is not null)
    or event_date_end < event_date
    or (date_precision in ('month', 'quarter', 'year') and day(event_date) != 1)
    or (
        -- A season or a half-year says its end; a quarter of the calendar needs none.
        date_precision = 'quarter' and event_date_end is null and month(event_date) not in (1, 4, 7, 10)
    )
    or (date_precision = 'year' and month(event_date) != 1)
