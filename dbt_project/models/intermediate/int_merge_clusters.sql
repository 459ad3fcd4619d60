{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        pre_hook=delete_rows_naming(['mention_key'], ['int_merge_changes', 'int_merge_components'])
    )
}}

-- depends_on: {{ ref('int_merge_changes') }}
-- First clusters: connected components over accepted pairs of equally precise mentions (a coarse or
-- missing date must not glue two dated events, so other pairs wait for int_merge_assignments). No cluster
-- holds a vetoed pair: where one would, each mention keeps its best neighbour only, then whole clusters
-- that nothing keeps apart are joined again. Components that no change has touched stay as they were;
-- component and fingerprint are what the next run is compared with.
with recursive
    -- Numbers in the order of ids: what is equal otherwise is decided by id.
    touched as materialized(
        select *, row_number() over (order by mention_id) as number, from {{ ref('int_merge_components') }}
    ),

    pairs as not materialized(select * from {{ ref('int_merge_comparisons') }}),

    equals as materialized(
        select
            mention_a.number as number_a,
            mention_b.number as number_b,
            mention_a.mention_key as key_a,
            mention_b.mention_key as key_b,
            pairs.margin,
            pairs.is_accepted,
            pairs.is_vetoed,
        from pairs
        inner join touched as mention_a on pairs.fine_key = mention_a.mention_key
        inner join touched as mention_b on pairs.coarse_key = mention_b.mention_key
        where pairs.fine_rank = pairs.coarse_rank and mention_a.component_id = mention_b.component_id
    ),

    -- Who fits a finer date better than its equal follows the finer one, when the two cannot be one.
    drawn_away as (
        select equals.number_a, equals.number_b,
        from
            (
                select number_a, number_b, key_a as from_key, key_b as to_key, margin,
                from equals
                where is_accepted
                union all
                select number_a, number_b, key_b as from_key, key_a as to_key, margin,
                from equals
                where is_accepted
            ) as equals
        inner join pairs as finer on equals.from_key = finer.coarse_key
        inner join
            pairs as kept_apart
            on equals.to_key = kept_apart.coarse_key
            and finer.fine_key = kept_apart.fine_key
        where
            finer.is_accepted
            and finer.fine_rank < finer.coarse_rank
            and finer.margin > equals.margin
            and kept_apart.fine_rank < kept_apart.coarse_rank
            and kept_apart.is_vetoed
    ),

    accepted_pairs as (
        select number_a, number_b, margin,
        from equals
        anti join drawn_away using (number_a, number_b)
        where is_accepted
    ),

    vetoed_pairs as (select number_a, number_b, from equals where is_vetoed),

    accepted as materialized(
        select number_a as from_id, number_b as to_id, margin,
        from accepted_pairs
        union all
        select number_b as from_id, number_a as to_id, margin,
        from accepted_pairs
    ),

    linked as (select distinct from_id as number, from accepted),

    -- fmt: off
    components(number, component_id) using key (number) as (
        {{ component_walk('components', 'linked', 'accepted', 'number') }}
    ),
    -- fmt: on

    torn_components as (
        select distinct component_a.component_id,
        from vetoed_pairs
        inner join components as component_a on vetoed_pairs.number_a = component_a.number
        inner join components as component_b on vetoed_pairs.number_b = component_b.number
        where component_a.component_id = component_b.component_id
    ),

    torn as (
        select number, component_id,
        from components
        where component_id in (select component_id from torn_components)
    ),

    best_links as (
        select from_id, to_id, margin,
        from accepted
        where from_id in (select number from torn)
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
    parts(number, component_id) using key (number) as (
        {{ component_walk('parts', 'torn', 'best_both_ways', 'number') }}
    ),
    -- fmt: on

    -- What is still vetoed inside a part: the weaker side stands alone.
    losers as (
        select distinct
            case
                when best_a.margin >= best_b.margin then vetoed_pairs.number_b else vetoed_pairs.number_a
            end as number,
        from vetoed_pairs
        inner join parts as part_a on vetoed_pairs.number_a = part_a.number
        inner join parts as part_b on vetoed_pairs.number_b = part_b.number
        inner join best_links as best_a on vetoed_pairs.number_a = best_a.from_id
        inner join best_links as best_b on vetoed_pairs.number_b = best_b.from_id
        where part_a.component_id = part_b.component_id
    ),

    -- Parts are numbered behind the mentions that stand alone.
    clusters_0 as (
        select
            number,
            case
                when number in (select number from losers)
                then number
                else component_id + (select count(*) from touched)
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
            inner join clusters_{{ round }} as cluster_a on accepted.from_id = cluster_a.number
            inner join clusters_{{ round }} as cluster_b on accepted.to_id = cluster_b.number
            where cluster_a.cluster_id != cluster_b.cluster_id
            group by all
        ),

        cluster_vetoes_{{ round }} as (
            select distinct
                least(cluster_a.cluster_id, cluster_b.cluster_id) as low_cluster_id,
                greatest(cluster_a.cluster_id, cluster_b.cluster_id) as high_cluster_id,
            from vetoed_pairs
            inner join clusters_{{ round }} as cluster_a on vetoed_pairs.number_a = cluster_a.number
            inner join clusters_{{ round }} as cluster_b on vetoed_pairs.number_b = cluster_b.number
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
                clusters_{{ round }}.number,
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
        select number, - cluster_id as cluster_id,
        from clusters_3
        union all
        select number, component_id as cluster_id,
        from components
        where component_id not in (select component_id from torn_components)
    ),

    final as (
        select
            touched.mention_id,
            touched.mention_key,
            min(touched.mention_id) over (
                partition by coalesce(grouped.cluster_id, touched.number)
            ) as cluster_id,
            touched.date_rank,
            touched.component_id,
            touched.input_hash,
        from touched
        left join grouped on touched.number = grouped.number
    )

select *
from final
