with
    members as (select * from {{ ref('int_event_members') }}),

    mentions as (select * from {{ ref('stg_mentions') }}),

    final as (
        select
            mentions.mention_id,
            members.event_id,
            mentions.article_id,
            mentions.event_type,
            mentions.event_subtype,
            mentions.status,
            mentions.is_background,
            mentions.is_lede,
            mentions.event_date,
            mentions.event_date_end,
            mentions.date_precision,
            mentions.date_text,
            mentions.date_rule,
            mentions.quote,
            cast(mentions.char_start as integer) as char_start,
            cast(mentions.char_end as integer) as char_end,
            mentions.extractor,
            mentions.extractor_version,
            mentions.confidence,
        from mentions
        inner join members on mentions.mention_id = members.mention_id
    )

select *
from final
order by mention_id
