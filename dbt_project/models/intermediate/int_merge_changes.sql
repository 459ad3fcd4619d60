-- Mentions whose pairs are to be made anew: new ones, changed ones, and those that are gone.
-- int_event_members still
-- holds the mentions as they were when they were last compared; in a full build everything is new.
with
    mentions as (select mention_id, input_hash, from {{ ref('int_merge_mentions') }}),

    remembered as ({{ remembered_members(['mention_id', 'input_hash']) }}),

    final as (
        select coalesce(mentions.mention_id, remembered.mention_id) as mention_id,
        from mentions
        full join remembered on mentions.mention_id = remembered.mention_id
        where mentions.input_hash is distinct from remembered.input_hash
    )

select *
from final
