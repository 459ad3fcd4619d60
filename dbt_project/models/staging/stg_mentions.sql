with
    source as (select * from {{ source('landing', 'mentions') }}),

    renamed as (
        select
            mention_id,
            article_id,
            event_type,
            event_subtype,
            status,
            is_background,
            event_date,
            event_date_end,
            date_precision,
            date_text,
            date_rule,
            quote,
            char_start,
            char_end,
            sentence_number,
            is_lede,
            trigger_text,
            retells_mention_id,
            extractor,
            extractor_version,
            confidence,
        from source
    )

select *
from renamed
