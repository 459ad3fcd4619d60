{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        pre_hook=delete_rows_naming(['mention_key'], ['int_merge_changes'])
    )
}}

-- One row per mention with all that merging looks at, lists sorted so that no row order can show
-- through.
with
    inputs as (
        select *
        from {{ ref('int_merge_inputs') }}
        where mention_key in (select mention_key from {{ ref('int_merge_changes') }})
    ),

    mentions as (select * from {{ ref('stg_mentions') }} where mention_id in (select mention_id from inputs)),

    articles as (select * from {{ ref('stg_articles') }}),

    mention_actors as (
        select * from {{ ref('stg_mention_actors') }} where mention_id in (select mention_id from inputs)
    ),

    sightings as (select * from {{ ref('stg_actor_sightings') }}),

    actors as (select * from {{ ref('int_actors') }}),

    kin as (select * from {{ ref('int_actor_kin') }}),

    mention_jurisdictions as (
        select *
        from {{ ref('stg_mention_jurisdictions') }}
        where mention_id in (select mention_id from inputs)
    ),

    jurisdictions as (select * from {{ ref('stg_jurisdictions') }}),

    mention_amounts as (
        select * from {{ ref('stg_mention_amounts') }} where mention_id in (select mention_id from inputs)
    ),

    mention_topics as (
        select * from {{ ref('stg_mention_topics') }} where mention_id in (select mention_id from inputs)
    ),

    -- A class of parties ("investors", "five banks") identifies nobody.
    parties as (
        select
            mention_id,
            list_sort(list_distinct(list(actor_id))) as actor_ids,
            string_split(string_agg(actor_id, '-'), '-') as name_words,
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
            list_sort(list_distinct(list(actor_id) filter (is_authority))) as public_ids,
            list_sort(list_distinct(list(actor_id) filter (not is_authority))) as private_ids,
            list_sort(
                list_distinct(
                    list(actor_id) filter (
                        not is_authority
                        and role in ('recipient', 'affected', 'beneficiary', 'appointee', 'participant')
                    )
                )
            ) as counter_ids,
            list_sort(
                list_distinct(
                    list(actor_id) filter (is_body and role in ('initiator', 'participant', 'host'))
                )
            ) as body_ids,
            list_sort(
                list_distinct(list(actor_id) filter ({{ in_list('actor_type', 'person_types') }}))
            ) as person_ids,
            list_sort(list_distinct(list(authority_kind) filter (is_authority))) as authority_kinds,
        from
            (
                select
                    mention_id,
                    actor_id,
                    role,
                    actor_type,
                    {{ in_list('actor_type', 'public_authority_types') }} as is_authority,
                    -- A body of its own; "the court" and "the government" may be any.
                    is_authority
                    and is_curated
                    and actor_type not in (
                        'government',
                        'head_of_state',
                        'head_of_government',
                        'minister_official',
                        'legislator',
                        'judge'
                    ) as is_body,
                    case
                        when actor_type = 'government'
                        then 'any'
                        when actor_type in ('court', 'judge')
                        then 'court'
                        when actor_type in ('legislature', 'legislator')
                        then 'legislature'
                        when actor_type = 'law_enforcement'
                        then 'police'
                        else 'executive'
                    end as authority_kind,
                from mention_actors
                inner join actors using (actor_id)
                where actor_type != 'group_class'
            )
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
        select
            mention_id,
            list_sort(list_distinct(list(kin_actor_id))) as kin_ids,
            list_sort(
                list_distinct(
                    list(kin_actor_id) filter (not {{ in_list('actor_type', 'public_authority_types') }})
                )
            ) as private_kin_ids,
        from mention_actors
        inner join actors using (actor_id)
        inner join kin using (actor_id)
        where role != 'affected'
        group by mention_id
    ),

    -- Whom else the article is about: a mention that names nobody is told of one of them.
    contexts as (
        select article_id, list_sort(list(distinct actor_id)) as context_ids,
        from sightings
        inner join actors using (actor_id)
        where
            article_id in (select article_id from mentions)
            and actors.actor_type not in ('group_class', 'media_outlet', 'analyst_media_person')
            and not {{ in_list('actors.actor_type', 'public_authority_types') }}
        group by article_id
    ),

    places as (
        select
            mention_id,
            flatten(list(string_split(lower(jurisdiction_name), ' '))) as name_words,
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
                    jurisdictions.jurisdiction_name,
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
                            'is_exact':amount_qualifier = 'exact',
                            'is_floor':amount_qualifier in ('over', 'at_least'),
                            'is_ceiling':amount_qualifier = 'up_to'
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
            inputs.mention_key,
            inputs.input_hash,
            mentions.article_id,
            articles.document_id,
            inputs.original_article_id,
            inputs.has_copies,
            inputs.is_crowded,
            {{ act_kinds('inputs.merge_family', 'mentions.event_type', 'mentions.event_subtype') }}
            as act_kinds,
            mentions.event_type,
            mentions.event_subtype,
            mentions.status,
            mentions.is_background,
            mentions.is_lede,
            mentions.sentence_number,
            mentions.retells_mention_id,
            mentions.char_start,
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
            coalesce(relatives.private_kin_ids, []) as private_kin_ids,
            coalesce(classes.class_ids, []) as class_ids,
            coalesce(parties.appointee_ids, []) as appointee_ids,
            coalesce(parties.recipient_ids, []) as recipient_ids,
            coalesce(parties.public_ids, []) as public_ids,
            coalesce(parties.private_ids, []) as private_ids,
            coalesce(parties.counter_ids, []) as counter_ids,
            coalesce(parties.body_ids, []) as body_ids,
            coalesce(parties.person_ids, []) as person_ids,
            -- To whom it is done, and who may be meant by that.
            list_intersect(
                coalesce(parties.person_ids, []), coalesce(parties.passive_ids, [])
            ) as subject_ids,
            list_distinct(subject_ids || coalesce(relatives.kin_ids, [])) as subject_kin_ids,
            coalesce(parties.authority_kinds, []) as authority_kinds,
            coalesce(places.jurisdiction_ids, []) as jurisdiction_ids,
            coalesce(places.regulating_ids, []) as regulating_ids,
            coalesce(places.country_ids, []) as country_ids,
            coalesce(places.acting_country_ids, []) as acting_country_ids,
            coalesce(sums.amounts, []) as amounts,
            coalesce(subjects.topics, []) as topics,
            coalesce(contexts.context_ids, []) as context_ids,
            case
                when mentions.event_type = 'legislation'
                then
                    list_filter(
                        {{ instruments('mentions.quote') }},
                        lambda word: not list_contains(coalesce(places.name_words, []), word)
                    )
                else []
            end as instruments,
            -- Words written large inside the sentence, and numbers, beside the names of its actors,
            -- its places and the calendar: what the act is called by.
            list_sort(
                list_distinct(
                    list_filter(
                        list_transform(
                            list_filter(
                                string_split_regex(mentions.quote, '[^\p{L}\p{N}]+')[2:],
                                lambda word:regexp_matches(word, '^(\p{Lu}.{2,}|\d{2,3}|\d{5,})$')
                            ),
                            lambda word:lower(word)
                        ),
                        lambda word: not list_contains({{ calendar_words() }}, word)
                        and not list_contains(coalesce(parties.name_words, []), word)
                        and not list_contains(coalesce(places.name_words, []), word)
                    )
                )
            ) as quote_names,
            list_sort(
                list_distinct(
                    list_filter(
                        string_split_regex(lower(mentions.quote), '[^\p{L}\p{N}]+'),
                        lambda word:length(word) > 3
                    )
                )
            ) as quote_words,
        from mentions
        inner join inputs on mentions.mention_id = inputs.mention_id
        inner join articles on mentions.article_id = articles.article_id
        left join parties on mentions.mention_id = parties.mention_id
        left join classes on mentions.mention_id = classes.mention_id
        left join contexts on mentions.article_id = contexts.article_id
        left join relatives on mentions.mention_id = relatives.mention_id
        left join places on mentions.mention_id = places.mention_id
        left join sums on mentions.mention_id = sums.mention_id
        left join subjects on mentions.mention_id = subjects.mention_id
    )

select *
from final
