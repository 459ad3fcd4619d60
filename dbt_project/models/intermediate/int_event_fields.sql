-- The chosen values of each event, each by its own rule, and the counts. One CTE per rule.
with
    mentions as (select * from {{ ref('int_event_mentions') }}),

    jurisdictions as (select * from {{ ref('int_event_jurisdictions') }}),

    amounts as (select * from {{ ref('int_event_amounts') }}),

    -- Type: a signed instrument names the partnership it makes; else the type of the most confident lede
    -- mention, else of most mentions, else the first of the closed list.
    types as (
        select event_id, event_type,
        from mentions
        group by event_id, event_type
        qualify
            row_number() over (
                partition by event_id
                order by
                    event_type = 'agreement_signed' desc,
                    max(confidence) filter (is_lede) desc nulls last,
                    count(*) desc,
                    {{ list_rank('event_type', 'event_types') }}
            )
            = 1
    ),

    -- Subtype: the most frequent of that type; of equals, the most confident.
    subtypes as (
        select mentions.event_id, mentions.event_subtype,
        from mentions
        inner join types on mentions.event_id = types.event_id and mentions.event_type = types.event_type
        where mentions.event_subtype is not null
        group by mentions.event_id, mentions.event_subtype
        qualify
            row_number() over (
                partition by mentions.event_id
                order by count(*) desc, max(mentions.confidence) desc, mentions.event_subtype
            )
            = 1
    ),

    -- Status: the surest stated. "Did not happen" wins when most mentions, or most of the latest news,
    -- say so.
    latest as (select event_id, max(published_date) as latest_date, from mentions group by event_id),

    denials as (
        select
            mentions.event_id,
            avg(cast(mentions.status in ('negated', 'cancelled') as integer)) > 0.5
            or coalesce(
                avg(cast(mentions.status in ('negated', 'cancelled') as integer)) filter (
                    mentions.published_date = latest.latest_date
                )
                > 0.5,
                false
            ) as is_denied,
        from mentions
        inner join latest on mentions.event_id = latest.event_id
        group by mentions.event_id
    ),

    statuses as (
        select mentions.event_id, mentions.status,
        from mentions
        inner join denials on mentions.event_id = denials.event_id
        group by mentions.event_id, mentions.status, denials.is_denied
        qualify
            row_number() over (
                partition by mentions.event_id
                order by
                    (mentions.status in ('negated', 'cancelled')) = denials.is_denied desc,
                    case when denials.is_denied then count(*) end desc,
                    {{ list_rank('mentions.status', 'statuses') }}
            )
            = 1
    ),

    -- Date: the finest, then the most often told, then the earliest.
    dates as (
        select event_id, event_date, event_date_end, date_precision,
        from mentions
        group by event_id, event_date, event_date_end, date_precision
        qualify
            row_number() over (
                partition by event_id
                order by
                    {{ list_rank('date_precision', 'date_precisions') }},
                    count(*) desc,
                    event_date asc nulls last,
                    event_date_end asc nulls last
            )
            = 1
    ),

    -- Confidence: the chance that at least one independent source is right. Copies of an article are one
    -- source, and so are several mentions within one.
    sources as (
        select event_id, original_article_id, max(confidence) as confidence,
        from mentions
        group by event_id, original_article_id
    ),

    confidences as (
        select
            event_id,
            count(*) as source_count,
            round(
                least(1 - list_aggregate(list(1 - confidence order by confidence), 'product'), 0.99), 4
            ) as confidence,
        from sources
        group by event_id
    ),

    counts as (
        select
            event_id,
            count(*) as mention_count,
            count(distinct document_id) as document_count,
            min(published_date) as first_reported_date,
            max(published_date) as last_reported_date,
            bool_and(is_background) as is_background,
        from mentions
        group by event_id
    ),

    -- Jurisdiction: whose authority acts, else who is affected, else where it happened.
    places as (
        select event_id, jurisdiction_id,
        from jurisdictions
        where relation in ('regulating', 'affected', 'venue')
        qualify
            row_number() over (
                partition by event_id
                order by {{ list_rank('relation', 'relations') }}, relation_count desc, jurisdiction_id
            )
            = 1
    ),

    -- Amount: by what it is, then by size.
    sums as (
        select event_id, amount_value, amount_value_max, amount_unit, amount_role, amount_qualifier,
        from amounts
        qualify
            row_number() over (
                partition by event_id
                order by
                    {{ list_rank('amount_role', 'amount_roles') }},
                    coalesce(amount_value_max, amount_value) desc,
                    amount_unit,
                    amount_value desc,
                    amount_qualifier
            )
            = 1
    ),

    final as (
        select
            counts.event_id,
            types.event_type,
            subtypes.event_subtype,
            statuses.status,
            counts.is_background,
            dates.event_date,
            dates.event_date_end,
            dates.date_precision,
            places.jurisdiction_id,
            sums.amount_value,
            sums.amount_value_max,
            sums.amount_unit,
            sums.amount_role,
            sums.amount_qualifier,
            cast(counts.document_count as integer) as document_count,
            cast(counts.mention_count as integer) as mention_count,
            cast(confidences.source_count as integer) as source_count,
            counts.first_reported_date,
            counts.last_reported_date,
            cast(confidences.confidence as double) as confidence,
        from counts
        inner join types on counts.event_id = types.event_id
        left join subtypes on counts.event_id = subtypes.event_id
        inner join statuses on counts.event_id = statuses.event_id
        inner join dates on counts.event_id = dates.event_id
        inner join confidences on counts.event_id = confidences.event_id
        left join places on counts.event_id = places.event_id
        left join sums on counts.event_id = sums.event_id
    )

select *
from final
