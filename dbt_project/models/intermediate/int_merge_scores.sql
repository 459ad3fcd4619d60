{{ config(materialized='view') }}

-- Every compared pair, measured: what speaks for one event (score), what forbids it (veto_*), and
-- whether the two can be linked at all. Scores add up to 1 at most; a veto beats any score.
with
    pairs as (select * from {{ ref('int_merge_pairs') }}),

    -- Whole rows are carried through the query below: no more of them than it needs.
    mentions as (
        select *
        from {{ ref('int_merge_mentions') }}
        where
            mention_id in (
                select mention_id_a,
                from pairs
                union
                select mention_id_b,
                from pairs
            )
    ),

    -- The two sides of each pair, and what they have in common.
    compared as (
        select
            pairs.mention_id_a,
            pairs.mention_id_b,
            pairs.blocks,
            a,
            b,
            a.article_id = b.article_id as is_same_article,
            a.article_id != b.article_id and a.original_article_id = b.original_article_id as is_copy,
            a.event_type not in ('meeting', 'agreement_signed', 'partnership') as is_directed,
            a.act_kinds[1] = b.act_kinds[1] as is_same_family,
            list_intersect(a.actor_ids, b.actor_ids) as common_ids,
            list_has_any(a.private_ids, b.private_ids)
            or list_has_any(a.private_ids, b.kin_ids)
            or list_has_any(b.private_ids, a.kin_ids) as is_private_shared,
            list_has_any(a.counter_ids, b.counter_ids)
            or list_has_any(a.counter_ids, b.kin_ids)
            or list_has_any(b.counter_ids, a.kin_ids) as is_counter_shared,
            list_has_any(a.public_ids, b.public_ids)
            or list_has_any(a.public_ids, b.kin_ids)
            or list_has_any(b.public_ids, a.kin_ids) as is_public_shared,
            list_has_any(a.body_ids, b.body_ids)
            or list_has_any(a.body_ids, b.kin_ids)
            or list_has_any(b.body_ids, a.kin_ids) as is_body_shared,
            -- Of whom one article tells what the other says of nobody in particular.
            (len(a.private_ids) = 0 and list_has_any(b.private_ids, a.context_ids))
            or (len(b.private_ids) = 0 and list_has_any(a.private_ids, b.context_ids)) as is_context_named,
            (len(a.private_ids) = 0 or len(b.private_ids) = 0)
            and list_has_any(a.context_ids, b.context_ids) as is_context_common,
            -- To whom it is done: appointed, charged, pardoned.
            list_has_any(a.subject_ids, b.subject_kin_ids)
            or list_has_any(b.subject_ids, a.subject_kin_ids) as is_subject_shared,
            -- A country, or nobody, acts on one side, and its bodies may on the other.
            list_has_any(a.country_ids, b.country_ids)
            and (len(a.body_ids) = 0 or len(b.body_ids) = 0)
            and (
                len(a.authority_kinds) = 0
                or len(b.authority_kinds) = 0
                or list_has_any(a.authority_kinds, b.authority_kinds)
                or list_contains(a.authority_kinds, 'any')
                or list_contains(b.authority_kinds, 'any')
            ) as is_level_shared,
            len(list_intersect(a.quote_names, b.quote_names)) as common_names,
            list_filter(a.instruments, lambda name:contains(name, ' ')) as numbers_a,
            list_filter(b.instruments, lambda name:contains(name, ' ')) as numbers_b,
            list_has_any(a.topics, b.topics) as has_shared_topic,
            len(a.topics) > 0
            and len(b.topics) > 0
            and not list_has_any(a.topics, b.topics) as has_other_topics,
            len(list_filter(a.quote_words, lambda word:list_contains(b.quote_words, word))) as common_words,
            -- A party of one side whose parent, organisation or government stands on the other is no odd
            -- one out.
            list_filter(
                a.principal_ids,
                lambda id: not list_contains(b.principal_ids, id) and not list_contains(b.kin_ids, id)
            ) as unmatched_a,
            list_filter(
                b.principal_ids,
                lambda id: not list_contains(a.principal_ids, id) and not list_contains(a.kin_ids, id)
            ) as unmatched_b,
            list_filter(
                a.amounts,
                -- Sums of no known role need not be one sum.
                lambda left_sum:left_sum.amount_role != 'other'
                and len(
                    list_filter(
                        b.amounts,
                        lambda right_sum:right_sum.amount_role = left_sum.amount_role
                        and right_sum.amount_unit = left_sum.amount_unit
                        -- "At least 48 million" leaves room for 90.
                        and not (
                            (left_sum.is_floor and right_sum.amount_value > left_sum.amount_value)
                            or (right_sum.is_floor and left_sum.amount_value > right_sum.amount_value)
                            or (left_sum.is_ceiling and right_sum.amount_value < left_sum.amount_value)
                            or (right_sum.is_ceiling and left_sum.amount_value < right_sum.amount_value)
                        )
                    )
                )
                > 0
            ) as comparable_amounts,
            list_filter(
                a.amounts,
                lambda left_sum:len(
                    list_filter(
                        b.amounts,
                        lambda right_sum:right_sum.amount_unit = left_sum.amount_unit
                        and right_sum.amount_role = left_sum.amount_role
                        and abs(right_sum.amount_value - left_sum.amount_value)
                        <= case when left_sum.is_exact and right_sum.is_exact then 0.05 else 0.15 end
                        * greatest(abs(right_sum.amount_value), abs(left_sum.amount_value))
                    )
                )
                > 0
            ) as equal_amounts,
        from pairs
        inner join mentions as a on pairs.mention_id_a = a.mention_id
        inner join mentions as b on pairs.mention_id_b = b.mention_id
    ),

    measured as (
        select
            *,
            -- Who sued cannot be the one who was sued: a party that changes sides is not shared.
            list_filter(
                common_ids,
                lambda id:
                not (
                    is_directed
                    and (
                        (
                            list_contains(a.active_ids, id)
                            and not list_contains(a.passive_ids, id)
                            and list_contains(b.passive_ids, id)
                            and not list_contains(b.active_ids, id)
                        )
                        or (
                            list_contains(b.active_ids, id)
                            and not list_contains(b.passive_ids, id)
                            and list_contains(a.passive_ids, id)
                            and not list_contains(a.active_ids, id)
                        )
                    )
                )
            ) as shared_ids,
            len(a.actor_ids) + len(a.class_ids) = 0
            or len(b.actor_ids) + len(b.class_ids) = 0 as is_one_nameless,
            list_has_any(a.class_ids, b.class_ids) as is_class_shared,
            len(a.country_ids) > 0
            and len(b.country_ids) > 0
            and not list_has_any(a.country_ids, b.country_ids) as is_elsewhere,
            len(a.acting_country_ids) > 0
            and len(b.acting_country_ids) > 0
            and not list_has_any(a.acting_country_ids, b.acting_country_ids) as is_other_authority,
            -- Two states of one country, or two zones of it.
            len(a.regulating_ids) > 0
            and len(b.regulating_ids) > 0
            and not list_has_any(a.regulating_ids, b.regulating_ids)
            and len(list_filter(a.regulating_ids || b.regulating_ids, lambda id: not contains(id, '-')))
            = 0 as is_other_state,
            least(
                len(a.principal_ids) - len(unmatched_a), len(b.principal_ids) - len(unmatched_b)
            ) as matched_count,
            common_words
            / greatest(len(a.quote_words) + len(b.quote_words) - common_words, 1) as quote_similarity,
            a.date_rank < 4 and b.date_rank < 4 as is_both_dated,
            a.date_rank = 4 and b.date_rank = 4 as is_both_undated,
            {{ days_apart('a.date_from', 'a.date_to', 'b.date_from', 'b.date_to') }} as days_apart,
            -- The slack is for exact dates beside vague ones: two stated months either are the same or
            -- differ.
            case
                when a.date_rank > 1 and b.date_rank > 1
                then 0
                else greatest({{ date_slack('a.date_precision') }}, {{ date_slack('b.date_precision') }})
            end as days_allowed,
            -- How far the news of the undated side lies from the dates, or the news, of the other.
            case
                when a.date_rank = 4 and b.date_rank = 4
                then abs(a.published_date - b.published_date)
                when a.date_rank = 4
                then {{ days_apart('a.published_date', 'a.published_date', 'b.date_from', 'b.date_to') }}
                when b.date_rank = 4
                then {{ days_apart('b.published_date', 'b.published_date', 'a.date_from', 'a.date_to') }}
            end as news_days_apart,
            -- Undated, in passing and after the other side's day: told again. Meetings are held
            -- again, and a lede is news.
            is_directed
            and coalesce(
                case
                    when a.date_rank = 4 and b.date_rank < 4 and not a.is_lede
                    then a.published_date > b.date_to
                    when b.date_rank = 4 and a.date_rank < 4 and not b.is_lede
                    then b.published_date > a.date_to
                end,
                false
            ) as is_recalled,
            abs(a.sentence_number - b.sentence_number) as sentences_apart,
            coalesce(
                a.retells_mention_id = b.mention_id or b.retells_mention_id = a.mention_id, false
            ) as is_retold,
            a.is_lede and b.is_lede as is_both_lede,
            a.is_lede or b.is_lede as is_one_lede,
            a.is_background or b.is_background as is_one_background,
            len(comparable_amounts) > 0 and len(equal_amounts) = 0 as has_unequal_amounts,
            len(equal_amounts) > 0 as has_equal_amounts,
            list_has_any(a.jurisdiction_ids, b.jurisdiction_ids) as has_shared_jurisdiction,
            list_has_any(a.regulating_ids, b.regulating_ids) as has_shared_authority,
            list_has_any(a.person_ids, b.person_ids) as is_person_shared,
            is_context_named or (is_context_common and len(equal_amounts) > 0) as is_context_shared,
            -- What a legislature alone enacts, it passes.
            coalesce(
                a.event_subtype = b.event_subtype
                or (
                    a.event_type = 'legislation'
                    and least(a.event_subtype, b.event_subtype) = 'enacted'
                    and greatest(a.event_subtype, b.event_subtype) = 'passed_chamber'
                    and case
                        when a.event_subtype = 'enacted' then a.authority_kinds else b.authority_kinds
                    end
                    = ['legislature']
                ),
                false
            ) as is_same_subtype,
            -- The one that is still to come, and the one that has come about.
            a.status in ('announced', 'proposed') and b.status in ('occurred', 'ongoing') as is_a_planned,
            b.status in ('announced', 'proposed') and a.status in ('occurred', 'ongoing') as is_b_planned,
        from compared
    ),

    judged as (
        select
            *,
            coalesce(is_both_dated and days_apart <= days_allowed, false) as is_dates_agree,
            -- Who did it to whom, or which sum, hardly comes twice: an act that is recognised at any
            -- distance.
            coalesce(
                is_directed
                and a.event_type = b.event_type
                and a.event_subtype = b.event_subtype
                and a.event_type not in ('statement', 'criticism', 'warning')
                and (
                    is_subject_shared
                    or (is_private_shared and is_body_shared)
                    or (is_private_shared and has_equal_amounts)
                    or (is_public_shared and has_equal_amounts)
                    or (is_public_shared and a.event_type = 'legislation' and common_names > 2)
                ),
                false
            ) as is_full_key,
            len(shared_ids) as shared_count,
            coalesce(
                a.event_type = b.event_type
                and a.event_subtype != b.event_subtype
                and not is_same_subtype
                and not list_contains(
                    {{ compatible_subtypes() }},
                    a.event_type
                    || ':'
                    || least(a.event_subtype, b.event_subtype)
                    || '|'
                    || greatest(a.event_subtype, b.event_subtype)
                )
                -- One body takes one step of one matter on a day.
                and not (
                    a.event_type = 'legislation'
                    and is_public_shared
                    and has_shared_topic
                    and a.date_precision = 'day'
                    and b.date_precision = 'day'
                    and days_apart = 0
                    and 'in_force' not in (a.event_subtype, b.event_subtype)
                )
                -- What one body decides on one party in one month is one decision.
                and not (
                    a.event_type in ('licensing', 'license_withdrawn', 'court_ruling')
                    and not is_same_article
                    and is_private_shared
                    and (is_public_shared or is_level_shared)
                    and is_both_dated
                    and days_apart = 0
                    and greatest(a.date_rank, b.date_rank) < 3
                    and 'applied' not in (a.event_subtype, b.event_subtype)
                ),
                false
            ) as is_other_outcome,
            -- A minister here, the government there: nobody is named twice, yet the same side acts.
            len(common_ids) = 0 and matched_count > 0 as is_stand_in,
            -- It takes two to meet: neighbouring sentences that name one party each complete each other.
            is_same_article
            and not is_directed
            and len(a.principal_ids) = 1
            and len(b.principal_ids) = 1
            and len(common_ids) = 0
            and (sentences_apart <= 1 or (is_both_lede and sentences_apart <= 3))
            and list_has_any(a.country_ids, b.country_ids) as is_complementary,
            -- What an article goes on telling without a date, and of nobody else, is the act it has told.
            is_same_article
            and is_directed
            and a.event_type = b.event_type
            and a.event_type not in ('statement', 'criticism')
            and is_both_undated
            and a.is_background = b.is_background
            and not is_elsewhere
            and len(common_ids) = len(shared_ids)
            -- A name that was not read as a party may be one.
            and (
                common_names > 0
                or least(len(a.quote_names), len(b.quote_names)) = 0
                or least(len(a.actor_ids), len(b.actor_ids)) > 0
            )
            and (len(a.private_ids) = 0 or len(b.private_ids) = 0 or is_private_shared)
            and (len(a.public_ids) = 0 or len(b.public_ids) = 0 or is_public_shared)
            and (sentences_apart <= 8 or is_one_lede) as is_continued,
            -- An article that gives a year here and a day there speaks of two acts, unless the parties agree.
            is_same_article
            and is_both_dated
            and (a.date_rank = 3) != (b.date_rank = 3)
            and not (len(shared_ids) >= 2 and len(unmatched_a) = 0 and len(unmatched_b) = 0) as is_redated,
            is_same_article and (sentences_apart <= 1 or is_one_lede) as is_near,
            matched_count / greatest(least(len(a.principal_ids), len(b.principal_ids)), 1) as containment,
            matched_count / greatest(matched_count + len(unmatched_a) + len(unmatched_b), 1) as jaccard,
            -- The same words of a copied article are the same report, whatever else was read from them.
            is_copy
            and quote_similarity >= 0.8
            and a.event_type = b.event_type
            and a.event_subtype is not distinct from b.event_subtype
            and a.actor_ids = b.actor_ids as is_same_passage,
        from measured
    ),

    vetoed as (
        select
            *,
            is_both_dated and not is_dates_agree as veto_disjoint_dates,
            -- Old news may be recalled at any time, but not told before it happens. What is done to
            -- a person once is not done again to the words.
            not is_same_article
            and not is_both_dated
            and not is_one_background
            and (
                (coalesce(news_days_apart > 90, false) and not is_recalled and not is_full_key)
                -- Two ledes are news, each of its own weeks.
                or (is_both_lede and is_both_undated and coalesce(news_days_apart > 30, false))
            ) as veto_distant_reports,
            case
                when not is_same_article and is_directed
                then
                    (len(a.private_ids) > 0 and len(b.private_ids) > 0 and not is_private_shared)
                    or (len(a.counter_ids) > 0 and len(b.counter_ids) > 0 and not is_counter_shared)
                    or (len(a.body_ids) > 0 and len(b.body_ids) > 0 and not is_body_shared)
                -- Two countries sign one treaty, whoever holds the pen.
                when
                    a.event_type = 'agreement_signed'
                    and a.event_subtype = b.event_subtype
                    and len(a.country_ids) = 2
                    and a.country_ids = b.country_ids
                    and matched_count > 0
                    and coalesce(days_apart, news_days_apart, 0) <= 31
                then false
                else
                    len(a.principal_ids) >= 2
                    and len(b.principal_ids) >= 2
                    and len(unmatched_a) > 0
                    and len(unmatched_b) > 0
                    and (
                        matched_count < 2
                        or jaccard < 0.5
                        or (
                            is_directed
                            and (
                                (
                                    len(a.passive_ids) > 0
                                    and len(b.passive_ids) > 0
                                    and not list_has_any(a.passive_ids, b.passive_ids)
                                )
                                or (
                                    len(a.active_ids) > 0
                                    and len(b.active_ids) > 0
                                    and not list_has_any(a.active_ids, b.active_ids)
                                )
                            )
                        )
                    )
            end as veto_conflicting_counterparts,
            is_other_outcome
            and (is_same_article or a.event_type not in {{ shaded_types() }}) as veto_different_outcome,
            a.event_type = 'personnel_change'
            and b.event_type = 'personnel_change'
            and len(a.appointee_ids) > 0
            and len(b.appointee_ids) > 0
            and (
                not list_has_any(a.appointee_ids, b.appointee_ids || b.kin_ids)
                or (
                    len(a.recipient_ids) > 0
                    and len(b.recipient_ids) > 0
                    and not list_has_any(a.recipient_ids, b.recipient_ids)
                    and not list_has_any(a.recipient_ids, b.kin_ids)
                )
                -- A person collects offices: one at a named body, dated otherwise than the other, is
                -- another one.
                or (
                    (len(a.recipient_ids) = 0) != (len(b.recipient_ids) = 0)
                    and is_both_dated
                    and a.date_rank != b.date_rank
                    and matched_count < 2
                )
            ) as veto_different_appointee,
            -- The same two parties may be placed differently; one shared name in another country is another
            -- event.
            (is_other_authority or is_other_state or (is_elsewhere and not is_directed))
            and not (matched_count >= 2 and jaccard = 1)
            -- Two states may act together on one person.
            and not (
                not is_same_article
                and a.event_type = 'enforcement'
                and is_private_shared
                and is_person_shared
                and a.event_subtype = b.event_subtype
            ) as veto_different_places,
            has_unequal_amounts
            and not (is_dates_agree and days_apart <= 1 and jaccard = 1 and matched_count >= 2)
            -- The damage is counted for days; one victim is hardly robbed twice in them.
            and not (
                a.event_type = 'security_incident'
                and is_dates_agree
                and days_apart <= 1
                and is_counter_shared
                and (not is_same_article or sentences_apart > 0)
            ) as veto_different_amounts,
            case
                when a.status = b.status
                then false
                when a.status in ('occurred', 'ongoing') and b.status in ('occurred', 'ongoing')
                then false
                when a.status in ('announced', 'proposed') and b.status in ('announced', 'proposed')
                then false
                when a.status in ('negated', 'cancelled') and b.status in ('negated', 'cancelled')
                then false
                when a.status in ('negated', 'cancelled') or b.status in ('negated', 'cancelled')
                then true
                when a.status = 'hypothetical' or b.status = 'hypothetical'
                then
                    not is_same_article
                    or a.status in ('occurred', 'ongoing')
                    or b.status in ('occurred', 'ongoing')
                when a.status = 'rumored' or b.status = 'rumored'
                then false
                -- What is left: planned against done. A plan is fulfilled when what it names comes
                -- about soon after it was told.
                when is_dates_agree or (is_same_article and is_one_lede and quote_similarity >= 0.25)
                then false
                else
                    is_same_article
                    or not is_directed
                    or a.event_subtype is distinct from b.event_subtype
                    or coalesce(days_apart, news_days_apart, 999) > 45
                    or not (is_private_shared or is_person_shared or common_names > 1)
                    -- What is launched or paid need not be what was planned.
                    or (a.event_type in ('launch', 'funding', 'state_allocation') and common_names = 0)
                    or coalesce(
                        case
                            when is_a_planned
                            then a.published_date > coalesce(b.date_to, b.published_date)
                            else b.published_date > coalesce(a.date_to, a.published_date)
                        end,
                        true
                    )
            end as veto_incompatible_status,
            case
                when is_same_article
                then
                    (sentences_apart > 1 or a.is_lede or b.is_lede)
                    and (
                        (
                            a.is_background
                            and not b.is_background
                            and b.date_rank = 4
                            and (b.is_lede or sentences_apart > 1)
                        )
                        or (
                            b.is_background
                            and not a.is_background
                            and a.date_rank = 4
                            and (a.is_lede or sentences_apart > 1)
                        )
                    )
                -- What one article recalls was news in the other only when it was told near its date.
                else
                    coalesce(news_days_apart > 14, true)
                    and not is_recalled
                    and not is_full_key
                    and (
                        (a.is_background and not b.is_background and b.date_rank = 4)
                        or (b.is_background and not a.is_background and a.date_rank = 4)
                    )
            end as veto_background_against_news,
            a.event_type in ('launch', 'regulation')
            and len(a.topics) > 0
            and len(b.topics) > 0
            and not list_has_any(a.topics, b.topics) as veto_different_topics,
            -- Two numbers of one series, or two titles without a word in common.
            not list_has_any(a.instruments, b.instruments)
            and (
                list_has_any(
                    list_transform(numbers_a, lambda number:split_part(number, ' ', 1)),
                    list_transform(numbers_b, lambda number:split_part(number, ' ', 1))
                )
                or (len(a.instruments) > len(numbers_a) and len(b.instruments) > len(numbers_b))
            ) as veto_different_instruments,
            is_same_article
            and sentences_apart = 0
            and (
                (a.event_type = b.event_type and coalesce(a.event_subtype != b.event_subtype, false))
                or (len(unmatched_a) > 0 and len(unmatched_b) > 0)
            ) as veto_same_sentence_acts,
        from judged
    ),

    scored as (
        select
            *,
            case
                when not is_same_article and not is_copy
                then
                    least(
                        case
                            when is_private_shared and shared_count + matched_count > 0
                            then 0.30
                            when is_context_shared
                            then 0.15
                            when is_context_common
                            then 0.06
                            else 0
                        end + case
                            when is_public_shared
                            then 0.22
                            when is_level_shared or shared_count > 1
                            then 0.15
                            else 0
                        end
                        + case when is_class_shared then 0.05 else 0 end,
                        0.45
                    )
                when is_continued and shared_count = 0
                then 0.30
                when is_one_nameless or is_complementary
                then 0.16
                when shared_count = 0 and is_class_shared
                then 0.22
                when shared_count = 0 and not is_stand_in
                then 0
                -- One name on both sides says little when that name is always in the news.
                when len(a.actor_ids) = 1 and len(b.actor_ids) = 1
                then 0.22
                else 0.40 * (0.7 * containment + 0.3 * jaccard)
            end as actor_score,
            case
                when news_days_apart is null and not is_both_dated
                then case when is_both_lede then 0.04 when is_directed then 0.02 else -0.05 end
                when is_both_undated
                then
                    case
                        when news_days_apart <= 3 then 0.12 when news_days_apart <= 14 then 0.08 else 0.04
                    end
                when not is_both_dated
                then
                    case
                        when news_days_apart <= 14 then 0.10 when news_days_apart <= 60 then 0.06 else 0.02
                    end
                when not is_dates_agree
                then 0
                when greatest(a.date_rank, b.date_rank) = 3
                then 0.07
                when greatest(a.date_rank, b.date_rank) = 2
                then case when days_apart = 0 then 0.14 else 0.10 end
                when days_apart = 0
                then case when is_same_article then 0.20 else 0.24 end
                when days_apart = 1
                then 0.20
                else 0.12
            end as date_score,
            case
                when has_shared_jurisdiction
                then case when is_same_article then 0.05 else 0.08 end
                when is_elsewhere
                then
                    case
                        when is_private_shared and is_directed and not is_same_article then -0.04 else -0.10
                    end
                else 0
            end as jurisdiction_score,
            case
                when has_equal_amounts and is_same_article then 0.15 when has_equal_amounts then 0.20 else 0
            end as amount_score,
            case
                when is_same_article or is_copy
                then 0.15 * least(quote_similarity / 0.5, 1)
                else 0.10 * least(quote_similarity / 0.4, 1) + 0.06 * least(common_names, 3)
            end as quote_score,
            case
                when is_both_lede and not is_same_article then 0.05 when is_near then 0.15 else 0
            end as place_score,
            case when a.event_type = b.event_type then 0.05 else 0 end + case
                when is_same_subtype
                then case when is_same_article then 0.05 else 0.08 end
                when not is_same_article and is_other_outcome and not is_dates_agree
                then -0.08
                else 0
            end
            + case
                when is_same_article
                then 0
                when has_shared_topic
                then 0.05
                when has_other_topics
                then -0.08
                else 0
            end as type_score,
            case
                when is_same_passage or is_retold
                then true
                when is_same_article
                then
                    (
                        shared_count > 0
                        or (is_one_nameless and not is_elsewhere)
                        or is_class_shared
                        or is_stand_in
                        or is_complementary
                        or is_continued
                    )
                    and not is_redated
                    -- One article may tell an order and the stop it brings as two acts.
                    and is_same_family
                    and (
                        a.event_type not in ('statement', 'criticism')
                        or sentences_apart <= 1
                        or is_one_lede
                        or quote_similarity >= 0.4
                    )
                when is_copy
                then shared_count > 0 or is_one_nameless or quote_similarity >= 0.5
                -- It takes two to meet, and they may meet again: without dates near each other one
                -- name in common is not enough.
                when not is_directed and not is_both_dated and coalesce(news_days_apart > 14, true)
                then shared_count > 1 or matched_count > 1
                -- Two types for one act: they tell of one time or of one sum.
                when not is_same_family and not has_equal_amounts and not is_dates_agree
                then is_private_shared and coalesce(news_days_apart <= 30, false)
                -- Who speaks is all there is to a speech; of an act the whole evidence decides.
                else
                    shared_count > 0
                    or is_private_shared
                    or is_public_shared
                    or (
                        a.event_type not in ('statement', 'criticism')
                        and (actor_score > 0 or has_equal_amounts)
                    )
            end as is_linked,
        from vetoed
    ),

    listed as (
        select
            *,
            case
                when is_same_passage
                then []
                else
                    list_filter(
                        [
                            case when veto_disjoint_dates then 'disjoint_dates' end,
                            case when veto_distant_reports then 'distant_reports' end,
                            case when veto_conflicting_counterparts then 'conflicting_counterparts' end,
                            case when veto_different_outcome then 'different_outcome' end,
                            case when veto_different_appointee then 'different_appointee' end,
                            case when veto_different_places then 'different_places' end,
                            case when veto_different_amounts then 'different_amounts' end,
                            case when veto_incompatible_status then 'incompatible_status' end,
                            case when veto_background_against_news then 'background_against_news' end,
                            case when veto_different_topics then 'different_topics' end,
                            case when veto_different_instruments then 'different_instruments' end,
                            case when veto_same_sentence_acts then 'same_sentence_acts' end
                        ],
                        lambda name:name is not null
                    )
            end as vetoes,
            case
                when is_same_passage or is_retold
                then 1
                else
                    round(
                        least(
                            actor_score
                            + date_score
                            + jurisdiction_score
                            + amount_score
                            + quote_score
                            + place_score
                            + type_score,
                            1
                        ),
                        4
                    )
            end as score,
            case when is_same_article then 0.40 else 0.46 end as bar,
        from scored
    ),

    final as (
        select
            mention_id_a,
            mention_id_b,
            blocks,
            is_same_article,
            is_copy,
            -- The side with the finer date first.
            case when a.date_rank <= b.date_rank then a.mention_key else b.mention_key end as fine_key,
            case when a.date_rank <= b.date_rank then b.mention_key else a.mention_key end as coarse_key,
            least(a.date_rank, b.date_rank) as fine_rank,
            greatest(a.date_rank, b.date_rank) as coarse_rank,
            cast(score as double) as score,
            cast(bar as double) as bar,
            -- The bar is lower within an article: what lies furthest above its own is surest.
            round(cast(score as double) - cast(bar as double), 4) as margin,
            round(actor_score, 4)::double as actor_score,
            round(date_score, 4)::double as date_score,
            round(jurisdiction_score, 4)::double as jurisdiction_score,
            round(amount_score, 4)::double as amount_score,
            round(quote_score, 4)::double as quote_score,
            round(place_score, 4)::double as place_score,
            round(type_score, 4)::double as type_score,
            cast(shared_count as integer) as shared_actor_count,
            cast(coalesce(days_apart, news_days_apart) as integer) as days_apart,
            is_linked,
            veto_disjoint_dates,
            veto_distant_reports,
            veto_conflicting_counterparts,
            veto_different_outcome,
            veto_different_appointee,
            veto_different_places,
            veto_different_amounts,
            veto_incompatible_status,
            veto_background_against_news,
            veto_different_topics,
            veto_different_instruments,
            veto_same_sentence_acts,
            array_to_string(vetoes, ', ') as vetoes,
            len(vetoes) > 0 as is_vetoed,
            is_linked and len(vetoes) = 0 and score >= bar as is_accepted,
            is_same_passage,
            is_retold,
            is_continued,
        from listed
    )

select *
from final
