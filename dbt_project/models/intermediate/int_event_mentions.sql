-- Mentions with the event they tell and all that choosing the event's values needs.
with
    members as (select * from {{ ref('int_event_members') }}),

    mentions as (select * from {{ ref('stg_mentions') }}),

    articles as (select * from {{ ref('stg_articles') }}),

    duplicates as (select * from {{ ref('int_article_duplicates') }}),

    final as (
        select
            members.event_id,
            members.mention_id,
            mentions.article_id,
            articles.document_id,
            duplicates.original_article_id,
            mentions.event_type,
            mentions.event_subtype,
            mentions.status,
            mentions.is_background,
            mentions.is_lede,
            mentions.event_date,
            mentions.event_date_end,
            mentions.date_precision,
            articles.published_date,
            mentions.confidence,
        from members
        inner join mentions on members.mention_id = mentions.mention_id
        inner join articles on mentions.article_id = articles.article_id
        inner join duplicates on mentions.article_id = duplicates.article_id
    )

select *
from final
