-- Confidence is a chance, short of certain for an event; every counted thing is counted at least once.
select event_id as row_id
from {{ ref('fact_events') }}
where
    confidence < 0
    or confidence > 0.99
    or mention_count < 1
    or document_count < 1
    or source_count < 1
    or source_count > mention_count
    or trim(summary) = ''
    or contains(summary, '{')
union all
select mention_id as row_id
from {{ ref('fact_event_mentions') }}
where confidence < 0 or confidence > 1
union all
select actor_id as row_id
from {{ ref('dim_actors') }}
where event_count < 0 or mention_count < event_count or first_event_date > last_event_date
union all
select actor_id as row_id
from {{ ref('dim_actor_roles') }}
where valid_from > valid_to
