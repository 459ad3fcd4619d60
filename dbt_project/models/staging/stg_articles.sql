with
    source as (select * from {{ source('landing', 'articles') }}),

    renamed as (
        select
            article_id,
            document_id,
            article_number,
            title,
            published_date,
            published_date_rule,
            word_count,
            language,
            char_start,
            char_end,
            body_hash,
            minhash,
            ingest_version,
        from source
    )

select *
from renamed
