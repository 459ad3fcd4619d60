-- The id of an event is the hash of one of its own mentions, so no two events and no rebuild can share
-- or change it.
with mentions as (select * from {{ ref('fact_event_mentions') }})

select event_id
from mentions
group by event_id
having not bool_or(event_id = 'ev-' || left(sha256(mention_id), 16))
