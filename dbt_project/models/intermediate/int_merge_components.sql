-- What accepted pairs connect, over any number of steps: nothing that happens in one component can change
-- another.
-- Only components that a change has touched are walked again: those that held a changed mention before,
-- those it
-- links to now, and the changed mentions themselves.
with recursive
    changes as (select * from {{ ref('int_merge_changes') }}),

    mentions as (select mention_id, date_rank, input_hash, from {{ ref('int_merge_mentions') }}),

    accepted as (
        select mention_id_a, mention_id_b, from {{ ref('int_merge_comparisons') }} where is_accepted
    ),

    remembered as ({{ remembered_members(['mention_id', 'component_id']) }}),

    reached as (
        select mention_id,
        from changes
        union
        select mention_id_a,
        from accepted
        where mention_id_b in (select mention_id from changes)
        union
        select mention_id_b,
        from accepted
        where mention_id_a in (select mention_id from changes)
    ),

    touched as (
        select mention_id,
        from reached
        union
        select mention_id,
        from remembered
        where
            component_id
            in (select component_id from remembered where mention_id in (select mention_id from reached))
    ),

    nodes as (select * from mentions where mention_id in (select mention_id from touched)),

    held as (select * from accepted where mention_id_a in (select mention_id from nodes)),

    links as materialized(
        select mention_id_a as from_id, mention_id_b as to_id,
        from held
        union all
        select mention_id_b as from_id, mention_id_a as to_id,
        from held
    ),

    -- fmt: off
    components(mention_id, component_id) using key (mention_id) as (
        {{ component_walk('components', 'nodes', 'links') }}
    ),
    -- fmt: on

    final as (
        select nodes.mention_id, components.component_id, nodes.date_rank, nodes.input_hash,
        from nodes
        inner join components on nodes.mention_id = components.mention_id
    )

select *
from final
