-- The evidence is where the offsets say. A quote may skip html tags and JSON escapes, so only texts without
-- any are compared, with white space folded and Markdown's marks taken out on both sides.
with
    mentions as (select * from {{ ref('fact_event_mentions') }}),

    articles as (select * from {{ ref('dim_articles') }}),

    documents as (select * from {{ ref('stg_documents') }}),

    placed as (
        select
            mentions.mention_id,
            mentions.quote,
            mentions.char_start,
            mentions.char_end,
            length(documents.text) as text_length,
            substr(
                documents.text, mentions.char_start + 1, mentions.char_end - mentions.char_start
            ) as evidence,
            documents.media_type,
        from mentions
        inner join articles on mentions.article_id = articles.article_id
        inner join documents on articles.document_id = documents.document_id
    )

select mention_id
from placed
where
    char_start >= char_end
    or char_end > text_length
    or (
        media_type in ('text/plain', 'text/markdown', 'application/pdf')
        and not contains(evidence, '<')
        and not contains(
            trim(regexp_replace(evidence, '[\s\p{Z}\p{Cf}*_`]+', ' ', 'g')),
            trim(regexp_replace(quote, '[\s\p{Z}\p{Cf}*_`]+', ' ', 'g'))
        )
    )
