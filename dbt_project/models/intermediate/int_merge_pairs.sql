-- Candidate pairs to compare in this run: mentions that meet under one blocking key, at least one of the
-- two new or
-- changed. All pairs are never formed.
with
    keys as (select * from {{ ref('int_merge_keys') }}),

    changes as (select * from {{ ref('int_merge_changes') }}),

    changed_keys as (
        select key_hash, mention_id, block, is_driver,
        from keys
        where mention_id in (select mention_id from changes)
    ),

    -- Both orders of each pair with a changed side first.
    met as (
        select
            least(changed_keys.mention_id, others.mention_id) as mention_id_a,
            greatest(changed_keys.mention_id, others.mention_id) as mention_id_b,
            changed_keys.block,
        from changed_keys
        inner join
            keys as others
            on changed_keys.key_hash = others.key_hash
            and changed_keys.mention_id != others.mention_id
            and (changed_keys.is_driver or others.is_driver)
    ),

    final as (
        select
            mention_id_a,
            mention_id_b,
            array_to_string(list_sort(list_distinct(list(block))), ', ') as blocks,
        from met
        group by mention_id_a, mention_id_b
    )

select *
from final
