-- Mentions whose pairs are to be made anew: new ones, changed ones, and those that are gone.
-- int_merge_clusters still holds the mentions as they were when they were last compared; in a full
-- build everything is new.
with
    mentions as (select mention_key, input_hash, from {{ ref('int_merge_inputs') }}),

    remembered as (
        {{ remembered('int_merge_clusters', {'mention_key': 'ubigint', 'input_hash': 'ubigint'}) }}
    ),

    pairs as (
        {{ remembered(
            'int_merge_comparisons',
            {
                'fine_key': 'ubigint',
                'coarse_key': 'ubigint',
                'fine_rank': 'integer',
                'coarse_rank': 'integer',
                'is_accepted': 'boolean',
            }
        ) }}
    ),

    changed as (
        select coalesce(mentions.mention_key, remembered.mention_key) as mention_key,
        from mentions
        full join remembered on mentions.mention_key = remembered.mention_key
        where mentions.input_hash is distinct from remembered.input_hash
    ),

    -- A mention of a coarser date may have been drawn to one of these, and its pairs with them are about to
    -- go.
    final as (
        select mention_key,
        from changed
        union
        select coarse_key as mention_key,
        from pairs
        where is_accepted and fine_rank < coarse_rank and fine_key in (select mention_key from changed)
    )

select *
from final
