-- What joins and what keeps apart inside the touched components: accepted and vetoed pairs.
with
    components as (select * from {{ ref('int_merge_components') }}),

    comparisons as (select * from {{ ref('int_merge_comparisons') }}),

    final as (
        select
            comparisons.mention_id_a,
            comparisons.mention_id_b,
            comparisons.date_rank_a,
            comparisons.date_rank_b,
            -- The bar is lower within an article: what lies furthest above its own is surest.
            round(comparisons.score - comparisons.bar, 4) as margin,
            comparisons.is_accepted,
            comparisons.is_vetoed,
        from comparisons
        inner join components as component_a on comparisons.mention_id_a = component_a.mention_id
        inner join
            components as component_b
            on comparisons.mention_id_b = component_b.mention_id
            and component_a.component_id = component_b.component_id
        where comparisons.is_accepted or comparisons.is_vetoed
    )

select *
from final
