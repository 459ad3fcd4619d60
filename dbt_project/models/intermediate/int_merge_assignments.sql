-- Which mention tells which event. Clusters of coarser dates join the one finer cluster they fit best,
-- never two: first months, then quarters and years, then what has no date. A cluster that any veto keeps
-- away from the other stays alone. The event is named after its founding mention, the earliest
-- published, so later news does not rename it.
with
    clusters as (select * from {{ ref('int_merge_clusters') }}),

    links as (select * from {{ ref('int_merge_links') }}),

    mentions as (select * from {{ ref('int_merge_mentions') }}),

    -- Finer side first.
    pairs as (
        select
            case when date_rank_a < date_rank_b then mention_id_a else mention_id_b end as fine_id,
            case when date_rank_a < date_rank_b then mention_id_b else mention_id_a end as coarse_id,
            is_accepted,
            is_vetoed,
            margin,
        from links
        where date_rank_a != date_rank_b and (is_accepted or is_vetoed)
    ),

    assigned_1 as (select mention_id, cluster_id, date_rank, cluster_id as event_cluster_id, from clusters),

    {% for rank in [2, 3, 4] %}
        {% set before = 'assigned_' ~ (rank - 1) %}
        cluster_pairs_{{ rank }} as (
            select
                coarse.cluster_id,
                fine.event_cluster_id,
                max(pairs.margin) filter (pairs.is_accepted) as margin,
                bool_or(pairs.is_vetoed) as is_vetoed,
            from pairs
            inner join {{ before }} as coarse on pairs.coarse_id = coarse.mention_id
            inner join {{ before }} as fine on pairs.fine_id = fine.mention_id
            where coarse.date_rank = {{ rank }}
            group by all
        ),

        choices_{{ rank }} as (
            select cluster_id, event_cluster_id, margin,
            from
                (
                    select *, row_number() over best as place, lead(margin) over best as next_margin,
                    from cluster_pairs_{{ rank }}
                    where margin is not null and not is_vetoed
                    window best as (partition by cluster_id order by margin desc, event_cluster_id)
                )
            where
                place = 1
                {% if rank == 4 %}
                    -- What fits two events alike is told of neither for sure.
                    and (next_margin is null or margin > next_margin)
                {% endif %}
        ),

        -- Two clusters that must stay apart chose the same one: the better fit has it.
        rivals_{{ rank }} as (
            select distinct
                case
                    when
                        choice_a.margin > choice_b.margin
                        or (choice_a.margin = choice_b.margin and choice_a.cluster_id < choice_b.cluster_id)
                    then choice_b.cluster_id
                    else choice_a.cluster_id
                end as cluster_id,
            from links
            inner join clusters as cluster_a on links.mention_id_a = cluster_a.mention_id
            inner join clusters as cluster_b on links.mention_id_b = cluster_b.mention_id
            inner join choices_{{ rank }} as choice_a on cluster_a.cluster_id = choice_a.cluster_id
            inner join choices_{{ rank }} as choice_b on cluster_b.cluster_id = choice_b.cluster_id
            where
                links.is_vetoed
                and choice_a.event_cluster_id = choice_b.event_cluster_id
                and choice_a.cluster_id != choice_b.cluster_id
        ),

        assigned_{{ rank }} as (
            select
                assigned.mention_id,
                assigned.cluster_id,
                assigned.date_rank,
                coalesce(choices.event_cluster_id, assigned.event_cluster_id) as event_cluster_id,
            from {{ before }} as assigned
            left join
                choices_{{ rank }} as choices
                on assigned.cluster_id = choices.cluster_id
                and choices.cluster_id not in (select cluster_id from rivals_{{ rank }})
        ),
    {% endfor %}

    founded as (
        select
            assigned_4.mention_id,
            assigned_4.event_cluster_id,
            first_value(assigned_4.mention_id) over (
                partition by assigned_4.event_cluster_id
                order by
                    mentions.published_date asc nulls last,
                    mentions.document_id,
                    mentions.char_start,
                    assigned_4.mention_id
            ) as founding_mention_id,
        from assigned_4
        inner join mentions on assigned_4.mention_id = mentions.mention_id
    ),

    final as (
        select mention_id, founding_mention_id, 'ev-' || left(sha256(founding_mention_id), 16) as event_id,
        from founded
    )

select *
from final
