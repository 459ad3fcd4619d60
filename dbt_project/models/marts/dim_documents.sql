with
    documents as (select * from {{ ref('stg_documents') }}),

    articles as (select * from {{ ref('stg_articles') }}),

    document_log as (select * from {{ ref('stg_document_log') }}),

    in_document as (select document_id, count(*) as article_count, from articles group by document_id),

    final as (
        select
            documents.document_id,
            documents.seed_path,
            documents.byte_count,
            documents.encoding,
            documents.media_type,
            cast(coalesce(in_document.article_count, 0) as integer) as article_count,
            document_log.first_seen_at,
        from documents
        left join in_document on documents.document_id = in_document.document_id
        left join document_log on documents.document_id = document_log.document_id
    )

select *
from final
order by document_id
