with
    articles as (select * from {{ ref('stg_articles') }}),

    duplicates as (select * from {{ ref('int_article_duplicates') }}),

    final as (
        select
            articles.article_id,
            articles.document_id,
            cast(articles.article_number as integer) as article_number,
            articles.title,
            articles.published_date,
            articles.published_date_rule,
            cast(articles.word_count as integer) as word_count,
            articles.language,
            nullif(duplicates.original_article_id, articles.article_id) as near_duplicate_of,
        from articles
        inner join duplicates on articles.article_id = duplicates.article_id
    )

select *
from final
order by article_id
