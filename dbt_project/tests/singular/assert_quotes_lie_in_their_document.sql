-- The evidence is where the offsets say. A quote may skip html tags and JSON escapes, so only texts without
-- any are compared: each word of the quote is in the passage, when Markdown's marks and the targets of its
-- links are taken out of both.
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
        and len(
            list_filter(
                string_split_regex({{ without_marks('quote') }}, '[^\p{L}\p{N}]+'),
                lambda word: not contains({{ without_marks('evidence') }}, word)
            )
        )
        > 0
    )
