-- Near-duplicate articles share a group. Equal bodies are one; others become candidates when one of 16
-- bands of four values of their MinHash signatures agrees (a pair of Jaccard .8 meets with probability
-- .9998), and are the same when at least .8 of the 64 values agree.
with recursive
    articles as (select * from {{ ref('stg_articles') }}),

    bodies as (
        select
            article_id, minhash, word_count, min(article_id) over (partition by body_hash) as body_article_id,
        from articles
    ),

    distinct_bodies as (
        select article_id, minhash, from bodies where article_id = body_article_id and word_count >= 20
    ),

    bands as (
        select article_id, band_number, hash(minhash[band_number * 4 + 1:band_number * 4 + 4]) as band,
        from distinct_bodies, unnest(range(16)) as numbers(band_number)
        where len(minhash) = 64
    ),

    candidates as (
        select distinct left_band.article_id as article_id_a, right_band.article_id as article_id_b,
        from bands as left_band
        inner join
            bands as right_band
            on left_band.band_number = right_band.band_number
            and left_band.band = right_band.band
            and left_band.article_id < right_band.article_id
    ),

    measured as (
        select
            article_id_a,
            article_id_b,
            list_sum(
                list_transform(
                    list_zip(left_body.minhash, right_body.minhash),
                    lambda pair:cast(pair[1] = pair[2] as integer)
                )
            )
            / 64.0 as jaccard,
        from candidates
        inner join distinct_bodies as left_body on candidates.article_id_a = left_body.article_id
        inner join distinct_bodies as right_body on candidates.article_id_b = right_body.article_id
    ),

    links as (
        select article_id_a as from_id, article_id_b as to_id,
        from measured
        where jaccard >= 0.8
        union all
        select article_id_b as from_id, article_id_a as to_id,
        from measured
        where jaccard >= 0.8
    ),

    -- fmt: off
    components(article_id, component_id) using key (article_id) as (
        {{ component_walk('components', 'distinct_bodies', 'links', 'article_id') }}
    ),
    -- fmt: on
    grouped as (
        select bodies.article_id, coalesce(components.component_id, bodies.body_article_id) as component_id,
        from bodies
        left join components on bodies.body_article_id = components.article_id
    ),

    -- The group carries the id of its earliest article, which is the original as far as the seeds can
    -- tell.
    final as (
        select
            grouped.article_id,
            first_value(grouped.article_id) over (
                partition by grouped.component_id
                order by articles.published_date asc nulls last, grouped.article_id
            ) as original_article_id,
        from grouped
        inner join articles on grouped.article_id = articles.article_id
    )

select *
from final
