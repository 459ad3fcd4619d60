-- First clusters: connected components over accepted pairs of equally precise mentions (a coarse or
-- missing date must not glue two dated events, so other pairs wait for int_event_members). No cluster
-- holds a vetoed pair: where one would, each mention keeps its best neighbour only, then whole clusters
-- that nothing keeps apart are joined again.
with recursive
    touched as (select * from {{ ref('int_merge_components') }}),

    links as (select * from {{ ref('int_merge_links') }}),

    both_ways as (
        select
            mention_id_a as from_id,
            mention_id_b as to_id,
            date_rank_a as from_rank,
            date_rank_b as to_rank,
            margin,
            is_accepted,
            is_vetoed,
        from links
        union all
        select
            mention_id_b as from_id,
            mention_id_a as to_id,
            date_rank_b as from_rank,
            date_rank_a as to_rank,
            margin,
            is_accepted,
            is_vetoed,
        from links
    ),

    -- Who fits a finer date better than its equal follows the finer one, when the two cannot be one.
    drawn_away as (
        select equals.from_id, equals.to_id,
        from both_ways as equals
        inner join both_ways as finer on equals.from_id = finer.from_id
        inner join
            both_ways as kept_apart on equals.to_id = kept_apart.from_id and finer.to_id = kept_apart.to_id
        where
            equals.is_accepted
            and equals.from_rank = equals.to_rank
            and finer.is_accepted
            and finer.to_rank < finer.from_rank
            and finer.margin > equals.margin
            and kept_apart.is_vetoed
    ),

    pairs as (
        select links.* replace (links.is_accepted and drawn_away.mention_id_a is null as is_accepted),
        from links
        left join
            (
                select distinct
                    least(from_id, to_id) as mention_id_a, greatest(from_id, to_id) as mention_id_b,
                from drawn_away
            ) as drawn_away using (mention_id_a, mention_id_b)
        where links.date_rank_a = links.date_rank_b
    ),

    accepted as (
        select mention_id_a as from_id, mention_id_b as to_id, margin,
        from pairs
        where is_accepted
        union all
        select mention_id_b as from_id, mention_id_a as to_id, margin,
        from pairs
        where is_accepted
    ),

    linked as (select distinct from_id as mention_id, from accepted),

    -- fmt: off
    components(mention_id, component_id) using key (mention_id) as (
        {{ component_walk('components', 'linked', 'accepted') }}
    ),
    -- fmt: on

    torn_components as (
        select distinct component_a.component_id,
        from pairs
        inner join components as component_a on pairs.mention_id_a = component_a.mention_id
        inner join components as component_b on pairs.mention_id_b = component_b.mention_id
        where pairs.is_vetoed and component_a.component_id = component_b.component_id
    ),

    torn as (
        select mention_id, component_id,
        from components
        where component_id in (select component_id from torn_components)
    ),

    best_links as (
        select from_id, to_id, margin,
        from accepted
        where from_id in (select mention_id from torn)
        qualify row_number() over (partition by from_id order by margin desc, to_id) = 1
    ),

    best_both_ways as (
        select from_id, to_id,
        from best_links
        union
        select to_id as from_id, from_id as to_id,
        from best_links
    ),

    -- fmt: off
    parts(mention_id, component_id) using key (mention_id) as (
        {{ component_walk('parts', 'torn', 'best_both_ways') }}
    ),
    -- fmt: on

    -- What is still vetoed inside a part: the weaker side stands alone.
    losers as (
        select distinct
            case
                when
                    best_a.margin > best_b.margin
                    or (best_a.margin = best_b.margin and pairs.mention_id_a < pairs.mention_id_b)
                then pairs.mention_id_b
                else pairs.mention_id_a
            end as mention_id,
        from pairs
        inner join parts as part_a on pairs.mention_id_a = part_a.mention_id
        inner join parts as part_b on pairs.mention_id_b = part_b.mention_id
        inner join best_links as best_a on pairs.mention_id_a = best_a.from_id
        inner join best_links as best_b on pairs.mention_id_b = best_b.from_id
        where pairs.is_vetoed and part_a.component_id = part_b.component_id
    ),

    clusters_0 as (
        select
            mention_id,
            case
                when mention_id in (select mention_id from losers)
                then mention_id
                else 'part-' || component_id
            end as cluster_id,
        from parts
    ),

    {% for round in range(3) %}
        cluster_scores_{{ round }} as (
            select
                cluster_a.cluster_id as from_cluster_id,
                cluster_b.cluster_id as to_cluster_id,
                max(accepted.margin) as margin,
            from accepted
            inner join clusters_{{ round }} as cluster_a on accepted.from_id = cluster_a.mention_id
            inner join clusters_{{ round }} as cluster_b on accepted.to_id = cluster_b.mention_id
            where cluster_a.cluster_id != cluster_b.cluster_id
            group by all
        ),

        cluster_vetoes_{{ round }} as (
            select distinct
                least(cluster_a.cluster_id, cluster_b.cluster_id) as low_cluster_id,
                greatest(cluster_a.cluster_id, cluster_b.cluster_id) as high_cluster_id,
            from pairs
            inner join clusters_{{ round }} as cluster_a on pairs.mention_id_a = cluster_a.mention_id
            inner join clusters_{{ round }} as cluster_b on pairs.mention_id_b = cluster_b.mention_id
            where pairs.is_vetoed
        ),

        choices_{{ round }} as (
            select from_cluster_id, to_cluster_id,
            from cluster_scores_{{ round }}
            left join
                cluster_vetoes_{{ round }}
                on least(from_cluster_id, to_cluster_id) = low_cluster_id
                and greatest(from_cluster_id, to_cluster_id) = high_cluster_id
            where low_cluster_id is null
            qualify
                row_number() over (
                    partition by from_cluster_id
                    order by
                        margin desc,
                        least(from_cluster_id, to_cluster_id),
                        greatest(from_cluster_id, to_cluster_id)
                )
                = 1
        ),

        -- Two clusters that choose each other become one.
        clusters_{{ round + 1 }} as (
            select
                clusters_{{ round }}.mention_id,
                least(
                    mine.from_cluster_id, mine.to_cluster_id, clusters_{{ round }}.cluster_id
                ) as cluster_id,
            from clusters_{{ round }}
            left join
                (
                    select here.from_cluster_id, here.to_cluster_id,
                    from choices_{{ round }} as here
                    inner join
                        choices_{{ round }} as there
                        on here.from_cluster_id = there.to_cluster_id
                        and here.to_cluster_id = there.from_cluster_id
                ) as mine
                on clusters_{{ round }}.cluster_id = mine.from_cluster_id
        ),
    {% endfor %}

    grouped as (
        select mention_id, cluster_id,
        from clusters_3
        union all
        select mention_id, component_id as cluster_id,
        from components
        where component_id not in (select component_id from torn_components)
        union all
        select mention_id, mention_id as cluster_id,
        from touched
        where mention_id not in (select mention_id from linked)
    ),

    final as (
        select
            grouped.mention_id,
            min(grouped.mention_id) over (partition by grouped.cluster_id) as cluster_id,
            touched.date_rank,
        from grouped
        inner join touched on grouped.mention_id = touched.mention_id
    )

select *
from final
