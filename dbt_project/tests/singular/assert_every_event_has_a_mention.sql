-- An event without a mention is invented, and counts that do not add up hide a lost one.
with
    events as (select * from {{ ref('fact_events') }}),

    mentions as (select * from {{ ref('fact_event_mentions') }}),

    articles as (select * from {{ ref('dim_articles') }}),

    counted as (
        select
            mentions.event_id,
            count(*) as mention_count,
            count(distinct articles.document_id) as document_count,
            count(distinct coalesce(articles.near_duplicate_of, articles.article_id)) as source_count,
            min(articles.published_date) as first_reported_date,
            max(articles.published_date) as last_reported_date,
        from mentions
        inner join articles on mentions.article_id = articles.article_id
        group by mentions.event_id
    )

select events.event_id
from events
left join counted on events.event_id = counted.event_id
where
    counted.event_id is null
    or counted.mention_count != events.mention_count
    or counted.document_count != events.document_count
    or counted.source_count != events.source_count
    or counted.first_reported_date is distinct from events.first_reported_date
    or counted.last_reported_date is distinct from events.last_reported_date
