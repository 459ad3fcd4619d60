-- One row per mention with all that merging looks at, lists sorted so that no row order can show
-- through.
with
    mentions as (select * from {{ ref('stg_mentions') }}),

    articles as (select * from {{ ref('stg_articles') }}),

    duplicates as (select * from {{ ref('int_article_duplicates') }}),

    mention_actors as (select * from {{ ref('stg_mention_actors') }}),

    actors as (select * from {{ ref('int_actors') }}),

    kin as (select * from {{ ref('int_actor_kin') }}),

    mention_jurisdictions as (select * from {{ ref('stg_mention_jurisdictions') }}),

    jurisdictions as (select * from {{ ref('stg_jurisdictions') }}),

    mention_amounts as (select * from {{ ref('stg_mention_amounts') }}),

    mention_topics as (select * from {{ ref('stg_mention_topics') }}),

    families as (
        select event_type, min(merge_family) as merge_family, from {{ ref('stg_event_types') }} group by all
    ),

    -- A class of parties ("investors", "five banks") identifies nobody.
    parties as (
        select
            mention_id,
            list_sort(list_distinct(list(actor_id))) as actor_ids,
            list_sort(
                list_distinct(list(actor_id) filter (role in ('initiator', 'speaker', 'participant', 'host')))
            ) as active_ids,
            list_sort(
                list_distinct(
                    list(actor_id) filter (
                        role in ('recipient', 'affected', 'beneficiary', 'appointee', 'participant')
                    )
                )
            ) as passive_ids,
            list_sort(list_distinct(list(actor_id) filter (role != 'affected'))) as principal_ids,
            list_sort(list_distinct(list(actor_id) filter (role = 'appointee'))) as appointee_ids,
            list_sort(list_distinct(list(actor_id) filter (role = 'recipient'))) as recipient_ids,
        from mention_actors
        inner join actors using (actor_id)
        where actors.actor_type != 'group_class'
        group by mention_id
    ),

    classes as (
        select mention_id, list_sort(list_distinct(list(actor_id))) as class_ids,
        from mention_actors
        inner join actors using (actor_id)
        where actors.actor_type = 'group_class'
        group by mention_id
    ),

    relatives as (
        select mention_id, list_sort(list_distinct(list(kin_actor_id))) as kin_ids,
        from mention_actors
        inner join kin using (actor_id)
        where role != 'affected'
        group by mention_id
    ),

    places as (
        select
            mention_id,
            list_sort(
                list_distinct(list(jurisdiction_id) filter (relation in ('regulating', 'affected', 'venue')))
            ) as jurisdiction_ids,
            list_sort(
                list_distinct(list(jurisdiction_id) filter (relation = 'regulating'))
            ) as regulating_ids,
            list_sort(
                list_distinct(
                    list(country_id) filter (is_place and relation in ('regulating', 'affected', 'venue'))
                )
            ) as country_ids,
            list_sort(
                list_distinct(list(country_id) filter (is_place and relation = 'regulating'))
            ) as acting_country_ids,
        from
            (
                select
                    mention_jurisdictions.*,
                    -- Two zones or provinces of a country are one place; a bloc is no place at all.
                    split_part(split_part(jurisdiction_id, '/', 1), '-', 1) as country_id,
                    jurisdictions.jurisdiction_type not in ('bloc', 'global') as is_place,
                from mention_jurisdictions
                inner join jurisdictions using (jurisdiction_id)
            )
        group by mention_id
    ),

    sums as (
        select
            mention_id,
            list_sort(
                list_distinct(
                    list(
                        {
                            'amount_role':amount_role,
                            'amount_unit':amount_unit,
                            'amount_value':amount_value,
                            'is_exact':amount_qualifier = 'exact'
                        }
                    )
                )
            ) as amounts,
        from mention_amounts
        group by mention_id
    ),

    subjects as (
        select mention_id, list_sort(list_distinct(list(topic))) as topics,
        from mention_topics
        group by mention_id
    ),

    final as (
        select
            mentions.mention_id,
            mentions.article_id,
            articles.document_id,
            duplicates.original_article_id,
            families.merge_family,
            mentions.event_type,
            mentions.event_subtype,
            mentions.status,
            mentions.is_background,
            mentions.is_lede,
            mentions.sentence_number,
            mentions.char_start,
            mentions.confidence,
            articles.published_date,
            mentions.event_date,
            mentions.date_precision,
            {{ first_possible_day('mentions.event_date', 'mentions.date_precision') }} as date_from,
            {{ last_possible_day('mentions.event_date', 'mentions.event_date_end', 'mentions.date_precision') }}
            as date_to,
            case
                mentions.date_precision
                when 'day'
                then 1
                when 'week'
                then 1
                when 'month'
                then 2
                when 'unresolved'
                then 4
                else 3
            end as date_rank,
            coalesce(parties.actor_ids, []) as actor_ids,
            coalesce(parties.active_ids, []) as active_ids,
            coalesce(parties.passive_ids, []) as passive_ids,
            coalesce(parties.principal_ids, []) as principal_ids,
            coalesce(relatives.kin_ids, []) as kin_ids,
            coalesce(classes.class_ids, []) as class_ids,
            coalesce(parties.appointee_ids, []) as appointee_ids,
            coalesce(parties.recipient_ids, []) as recipient_ids,
            coalesce(places.jurisdiction_ids, []) as jurisdiction_ids,
            coalesce(places.regulating_ids, []) as regulating_ids,
            coalesce(places.country_ids, []) as country_ids,
            coalesce(places.acting_country_ids, []) as acting_country_ids,
            coalesce(sums.amounts, []) as amounts,
            coalesce(subjects.topics, []) as topics,
            list_sort(
                list_distinct(
                    list_filter(
                        string_split_regex(lower(mentions.quote), '[^\p{L}\p{N}]+'),
                        lambda word:length(word) > 3
                    )
                )
            ) as quote_words,
        from mentions
        inner join articles on mentions.article_id = articles.article_id
        inner join duplicates on mentions.article_id = duplicates.article_id
        inner join families on mentions.event_type = families.event_type
        left join parties on mentions.mention_id = parties.mention_id
        left join classes on mentions.mention_id = classes.mention_id
        left join relatives on mentions.mention_id = relatives.mention_id
        left join places on mentions.mention_id = places.mention_id
        left join sums on mentions.mention_id = sums.mention_id
        left join subjects on mentions.mention_id = subjects.mention_id
    )

select *
from final
