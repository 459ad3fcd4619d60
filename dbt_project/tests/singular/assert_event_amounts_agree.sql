-- The amount of an event is one of its amounts, whole or not at all.
with
    events as (select * from {{ ref('fact_events') }}),

    amounts as (select * from {{ ref('fact_event_amounts') }})

select events.event_id
from events
left join
    amounts
    on events.event_id = amounts.event_id
    and events.amount_value = amounts.amount_value
    and events.amount_value_max is not distinct from amounts.amount_value_max
    and events.amount_unit = amounts.amount_unit
    and events.amount_role = amounts.amount_role
    and events.amount_qualifier = amounts.amount_qualifier
where
    (events.amount_value is null) != (amounts.event_id is null)
    or (events.amount_value is null and events.event_id in (select event_id from amounts))
