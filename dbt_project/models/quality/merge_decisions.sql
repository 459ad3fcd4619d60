{{ config(materialized='view') }}

with
    scores as (select * from {{ ref('int_merge_comparisons') }}),

    members as (select * from {{ ref('int_event_members') }}),

    final as (
        select
            scores.mention_id_a,
            scores.mention_id_b,
            member_a.event_id as event_id_a,
            member_b.event_id as event_id_b,
            case
                when member_a.event_id = member_b.event_id
                then 'merged'
                when scores.is_vetoed
                then 'vetoed'
                when not scores.is_linked
                then 'not_linked'
                when scores.score < scores.bar
                then 'below_bar'
                -- Each fits the other, but not the company the other keeps.
                else 'kept_apart'
            end as verdict,
            scores.score,
            scores.bar,
            array_to_string(
                list_filter(
                    [
                        case when scores.is_same_passage then 'same passage of a copied article' end,
                        case when scores.is_retold then 'the words of one point back to the other' end,
                        case when scores.is_same_article then 'same article' end,
                        case when scores.is_continued then 'one goes on where the other began' end,
                        case when scores.is_copy then 'near-duplicate articles' end,
                        case
                            when scores.shared_actor_count > 0
                            then scores.shared_actor_count || ' shared actors'
                        end,
                        case when scores.days_apart is not null then scores.days_apart || ' days apart' end,
                        case when scores.jurisdiction_score > 0 then 'same jurisdiction' end,
                        case when scores.jurisdiction_score < 0 then 'other country' end,
                        case when scores.amount_score > 0 then 'same amount' end,
                        case when scores.place_score > 0 then 'neighbouring sentences or ledes' end,
                        case when not scores.is_linked then 'nothing links them' end
                    ],
                    lambda reason:reason is not null
                ),
                '; '
            ) as reasons,
            scores.vetoes,
            scores.blocks,
            scores.actor_score,
            scores.date_score,
            scores.jurisdiction_score,
            scores.amount_score,
            scores.quote_score,
            scores.place_score,
            scores.type_score,
            scores.veto_disjoint_dates,
            scores.veto_distant_reports,
            scores.veto_conflicting_counterparts,
            scores.veto_different_outcome,
            scores.veto_different_appointee,
            scores.veto_different_places,
            scores.veto_different_amounts,
            scores.veto_incompatible_status,
            scores.veto_background_against_news,
            scores.veto_different_topics,
            scores.veto_different_instruments,
            scores.veto_same_sentence_acts,
        from scores
        inner join members as member_a on scores.mention_id_a = member_a.mention_id
        inner join members as member_b on scores.mention_id_b = member_b.mention_id
    )

select *
from final
