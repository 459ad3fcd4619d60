-- A veto beats every score, along any chain of merges.
select mention_id_a, mention_id_b
from {{ ref('merge_decisions') }}
where event_id_a = event_id_b and vetoes != ''
