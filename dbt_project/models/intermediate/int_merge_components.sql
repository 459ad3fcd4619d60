-- What accepted pairs of equally precise mentions connect, over any number of steps: no cluster
-- holds mentions of two components. Only components that a change has touched are walked again:
-- those of the changed mentions, those they link to now, and those of coarser mentions that may
-- follow them.
with recursive
    changes as (select * from {{ ref('int_merge_changes') }}),

    mentions as (select mention_id, mention_key, date_rank, input_hash, from {{ ref('int_merge_mentions') }}),

    accepted as (
        select fine_key, coarse_key, fine_rank, coarse_rank,
        from {{ ref('int_merge_comparisons') }}
        where is_accepted
    ),

    remembered as (
        {{ remembered('int_merge_clusters', {'mention_key': 'ubigint', 'component_id': 'ubigint'}) }}
    ),

    reached as (
        select mention_key,
        from changes
        union
        select coarse_key,
        from accepted
        where fine_key in (select mention_key from changes)
        union
        select fine_key,
        from accepted
        where fine_rank = coarse_rank and coarse_key in (select mention_key from changes)
    ),

    touched as (
        select mention_key,
        from reached
        union
        select mention_key,
        from remembered
        where
            component_id
            in (select component_id from remembered where mention_key in (select mention_key from reached))
    ),

    nodes as (select * from mentions where mention_key in (select mention_key from touched)),

    held as (
        select fine_key, coarse_key,
        from accepted
        where fine_rank = coarse_rank and fine_key in (select mention_key from nodes)
    ),

    links as materialized(
        select fine_key as from_id, coarse_key as to_id,
        from held
        union all
        select coarse_key as from_id, fine_key as to_id,
        from held
    ),

    -- fmt: off
    components(mention_key, component_id) using key (mention_key) as (
        {{ component_walk('components', 'nodes', 'links', 'mention_key') }}
    ),
    -- fmt: on

    final as (
        select
            nodes.mention_id, nodes.mention_key, components.component_id, nodes.date_rank, nodes.input_hash,
        from nodes
        inner join components on nodes.mention_key = components.mention_key
    )

select *
from final
