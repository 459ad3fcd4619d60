-- Candidate pairs to compare in this run: mentions that meet under one blocking key, at least one
-- of the two new or changed. All pairs are never formed.
with
    keys as (select * from {{ ref('int_merge_keys') }}),

    changes as (select * from {{ ref('int_merge_changes') }}),

    mentions as (select mention_id, mention_key, from {{ ref('int_merge_mentions') }}),

    changed_keys as (select * from keys where mention_key in (select mention_key from changes)),

    -- Both orders of each pair with a changed side first.
    met as (
        select
            least(changed_keys.mention_key, others.mention_key) as low_key,
            greatest(changed_keys.mention_key, others.mention_key) as high_key,
            changed_keys.block,
        from changed_keys
        inner join
            keys as others
            on changed_keys.key_hash = others.key_hash
            and changed_keys.mention_key != others.mention_key
            and (changed_keys.is_driver or others.is_driver)
    ),

    grouped as (
        select low_key, high_key, array_to_string(list_sort(list_distinct(list(block))), ', ') as blocks,
        from met
        group by low_key, high_key
    ),

    final as (
        select
            least(low.mention_id, high.mention_id) as mention_id_a,
            greatest(low.mention_id, high.mention_id) as mention_id_b,
            grouped.blocks,
        from grouped
        inner join mentions as low on grouped.low_key = low.mention_key
        inner join mentions as high on grouped.high_key = high.mention_key
    )

select *
from final
