-- A fingerprint of all that merging reads about a mention: its own landed rows, what the vocabulary
-- says of its actors and places, and what other mentions decide for it (copies of its article,
-- crowded keys). Whatever merging makes of a mention, or of a pair, is a function of these rows
-- alone; so only what has another fingerprint than last time is made again.
with
    mentions as (select * from {{ ref('stg_mentions') }}),

    articles as (select * from {{ ref('stg_articles') }}),

    duplicates as (select * from {{ ref('int_article_duplicates') }}),

    mention_actors as (select * from {{ ref('stg_mention_actors') }}),

    actors as (select * from {{ ref('int_actors') }}),

    kin as (select * from {{ ref('int_actor_kin') }}),

    sightings as (select * from {{ ref('stg_actor_sightings') }}),

    mention_jurisdictions as (select * from {{ ref('stg_mention_jurisdictions') }}),

    jurisdictions as (select * from {{ ref('stg_jurisdictions') }}),

    mention_amounts as (select * from {{ ref('stg_mention_amounts') }}),

    mention_topics as (select * from {{ ref('stg_mention_topics') }}),

    families as (
        select event_type, min(merge_family) as merge_family, from {{ ref('stg_event_types') }} group by all
    ),

    copies as (
        select original_article_id, count(*) > 1 as has_copies, from duplicates group by original_article_id
    ),

    crowds as (
        select article_id, merge_family, count(*) > 100 as is_crowded,
        from mentions
        inner join families using (event_type)
        group by all
    ),

    placed as (
        select
            mentions.*,
            articles.document_id,
            articles.published_date,
            duplicates.original_article_id,
            copies.has_copies,
            families.merge_family,
            crowds.is_crowded,
        from mentions
        inner join articles on mentions.article_id = articles.article_id
        inner join duplicates on mentions.article_id = duplicates.article_id
        inner join copies on duplicates.original_article_id = copies.original_article_id
        inner join families on mentions.event_type = families.event_type
        inner join
            crowds on mentions.article_id = crowds.article_id and families.merge_family = crowds.merge_family
    ),

    -- Sums of hashes do not depend on the order of rows, nor do equal rows cancel out.
    kin_sums as (
        select actor_id, sum(cast(hash(kin_actor_id) as hugeint)) as kin_sum, from kin group by actor_id
    ),

    actor_sums as (
        select
            mention_id,
            sum(
                cast(hash(actor_id, role, actor_type, is_curated, coalesce(kin_sum, 0)) as hugeint)
            ) as actor_sum,
        from mention_actors
        inner join actors using (actor_id)
        left join kin_sums using (actor_id)
        group by mention_id
    ),

    article_sums as (
        select article_id, sum(cast(hash(actor_id, actors.actor_type) as hugeint)) as article_sum,
        from sightings
        inner join actors using (actor_id)
        group by article_id
    ),

    place_sums as (
        select
            mention_id,
            sum(
                cast(hash(jurisdiction_id, relation, jurisdiction_type, jurisdiction_name) as hugeint)
            ) as place_sum,
        from mention_jurisdictions
        inner join jurisdictions using (jurisdiction_id)
        group by mention_id
    ),

    amount_sums as (
        select
            mention_id,
            sum(
                cast(hash(amount_value, amount_unit, amount_role, amount_qualifier) as hugeint)
            ) as amount_sum,
        from mention_amounts
        group by mention_id
    ),

    topic_sums as (
        select mention_id, sum(cast(hash(topic) as hugeint)) as topic_sum,
        from mention_topics
        group by mention_id
    ),

    final as (
        select
            mention_id,
            hash(mention_id) as mention_key,
            original_article_id,
            merge_family,
            has_copies,
            is_crowded,
            hash(
                mention_id,
                article_id,
                document_id,
                original_article_id,
                merge_family,
                published_date,
                has_copies,
                is_crowded,
                event_type,
                coalesce(event_subtype, ''),
                status,
                is_background,
                is_lede,
                sentence_number,
                char_start,
                event_date,
                event_date_end,
                date_precision,
                quote,
                coalesce(retells_mention_id, ''),
                coalesce(actor_sum, 0),
                coalesce(article_sum, 0),
                coalesce(place_sum, 0),
                coalesce(amount_sum, 0),
                coalesce(topic_sum, 0)
            ) as input_hash,
        from placed
        left join actor_sums using (mention_id)
        left join article_sums using (article_id)
        left join place_sums using (mention_id)
        left join amount_sums using (mention_id)
        left join topic_sums using (mention_id)
    )

select *
from final
