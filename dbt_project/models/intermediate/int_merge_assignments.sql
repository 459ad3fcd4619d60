-- Which mention tells which event. Clusters of coarser dates join the one finer cluster they fit best,
-- never two: first months, then quarters and years, then what has no date. A cluster that any veto keeps
-- away from the other stays alone. The event is named after its founding mention, the earliest
-- published, so later news does not rename it.
--
-- Only what the changes disturb is assigned again: at each precision the clusters formed anew and
-- those that fit an event which lost, won or changed a mention, and the rivals of both. All others
-- are remembered.
with
    clusters as (select * from {{ ref('int_merge_clusters') }}),

    pairs as not materialized(select * from {{ ref('int_merge_comparisons') }}),

    changes as (select * from {{ ref('int_merge_changes') }}),

    formed as (select mention_key, from {{ ref('int_merge_components') }}),

    mentions as (select * from {{ ref('int_merge_mentions') }}),

    remembered as (
        {{ remembered(
            'int_event_members',
            {
                'mention_key': 'ubigint',
                'cluster_event_id': 'text',
                'choice_id': 'text',
                'choice_margin': 'double',
            }
        ) }}
    ),

    known as materialized(
        select
            clusters.mention_id,
            clusters.mention_key,
            clusters.cluster_id,
            clusters.date_rank,
            mention_key in (select mention_key from formed) as is_formed,
            mention_key in (select mention_key from changes) as is_changed,
            remembered.cluster_event_id as old_event_id,
            remembered.choice_id as old_choice_id,
            remembered.choice_margin as old_margin,
        from clusters
        left join remembered using (mention_key)
    ),

    fits as materialized(
        select fine_key, coarse_key, coarse_rank, margin,
        from pairs
        where is_accepted and fine_rank < coarse_rank
    ),

    -- What changed mentions told before; they may be gone.
    left_behind as (select * from remembered where mention_key in (select mention_key from changes)),

    assigned_1 as (
        select *, null::text as choice_id, null::double as choice_margin, cluster_id as event_id,
        from known
        where date_rank = 1
    ),

    disturbed_1 as (
        select cluster_event_id as event_id,
        from left_behind
        union
        select unnest([old_event_id, event_id]),
        from assigned_1
        where is_changed or old_event_id is distinct from event_id
    ),

    {% for rank in [2, 3, 4] %}
        {% set before = rank - 1 %}
        affected_{{ rank }} as (
            select cluster_id,
            from known
            where date_rank = {{ rank }} and is_formed
            union
            select known.cluster_id,
            from fits
            inner join known on fits.coarse_key = known.mention_key
            inner join assigned_{{ before }} as fine on fits.fine_key = fine.mention_key
            where
                fits.coarse_rank = {{ rank }}
                and fine.event_id in (select event_id from disturbed_{{ before }})
        ),

        members_{{ rank }} as (
            select * from known where cluster_id in (select cluster_id from affected_{{ rank }})
        ),

        vetoes_{{ rank }} as materialized(
            select members.cluster_id, pairs.fine_key,
            from pairs
            inner join members_{{ rank }} as members on pairs.coarse_key = members.mention_key
            where pairs.coarse_rank = {{ rank }} and pairs.fine_rank < {{ rank }} and pairs.is_vetoed
        ),

        kept_apart_{{ rank }} as (
            select vetoes.cluster_id, fine.event_id,
            from vetoes_{{ rank }} as vetoes
            inner join assigned_{{ before }} as fine on vetoes.fine_key = fine.mention_key
        ),

        fitting_{{ rank }} as (
            select members.cluster_id, fine.event_id, max(fits.margin) as margin,
            from fits
            inner join members_{{ rank }} as members on fits.coarse_key = members.mention_key
            inner join assigned_{{ before }} as fine on fits.fine_key = fine.mention_key
            group by all
        ),

        choices_{{ rank }} as (
            select cluster_id, event_id, margin,
            from
                (
                    select *, row_number() over best as place, lead(margin) over best as next_margin,
                    from fitting_{{ rank }}
                    anti join kept_apart_{{ rank }} using (cluster_id, event_id)
                    window best as (partition by cluster_id order by margin desc, event_id)
                )
            where
                place = 1
                {% if rank == 4 %}
                    -- What fits two events alike is told of neither for sure.
                    and (next_margin is null or margin > next_margin)
                {% endif %}
        ),

        chosen_{{ rank }} as (
            select
                known.*,
                affected.cluster_id is not null as is_affected,
                case when is_affected then choices.event_id else known.old_choice_id end as choice_id,
                case when is_affected then choices.margin else known.old_margin end as choice_margin,
            from known
            left join affected_{{ rank }} as affected using (cluster_id)
            left join choices_{{ rank }} as choices using (cluster_id)
            where known.date_rank = {{ rank }}
        ),

        contested_{{ rank }} as (
            select unnest([choice_id, old_choice_id]) as choice_id,
            from chosen_{{ rank }}
            where is_affected
            union
            select choice_id,
            from left_behind
        ),

        judged_{{ rank }} as (
            select * from chosen_{{ rank }} where choice_id in (select choice_id from contested_{{ rank }})
        ),

        -- Two clusters that must stay apart chose the same one: the better fit has it.
        rivals_{{ rank }} as (
            select distinct
                case
                    when
                        side_a.choice_margin > side_b.choice_margin
                        or (
                            side_a.choice_margin = side_b.choice_margin
                            and side_a.cluster_id < side_b.cluster_id
                        )
                    then side_b.cluster_id
                    else side_a.cluster_id
                end as cluster_id,
            from pairs
            inner join judged_{{ rank }} as side_a on pairs.fine_key = side_a.mention_key
            inner join judged_{{ rank }} as side_b on pairs.coarse_key = side_b.mention_key
            where
                pairs.fine_rank = {{ rank }}
                and pairs.coarse_rank = {{ rank }}
                and pairs.is_vetoed
                and side_a.choice_id = side_b.choice_id
                and side_a.cluster_id != side_b.cluster_id
        ),

        assigned_{{ rank }} as (
            select *,
            from assigned_{{ before }}
            union all
            select
                chosen.* exclude (is_affected),
                case
                    when not is_affected and mention_key not in (select mention_key from judged_{{ rank }})
                    then old_event_id
                    when cluster_id in (select cluster_id from rivals_{{ rank }})
                    then cluster_id
                    else coalesce(choice_id, cluster_id)
                end as event_id,
            from chosen_{{ rank }} as chosen
        ),

        disturbed_{{ rank }} as (
            select event_id,
            from disturbed_{{ before }}
            union
            select unnest([old_event_id, event_id]) as event_id,
            from assigned_{{ rank }}
            where date_rank = {{ rank }} and (is_changed or old_event_id is distinct from event_id)
        ),
    {% endfor %}

    remade as (
        select event_id,
        from disturbed_4
        union
        select event_id,
        from assigned_4
        where choice_id is distinct from old_choice_id or choice_margin is distinct from old_margin
    ),

    founded as (
        select
            assigned_4.*,
            first_value(assigned_4.mention_id) over (
                partition by assigned_4.event_id
                order by
                    mentions.published_date asc nulls last,
                    mentions.document_id,
                    mentions.char_start,
                    assigned_4.mention_id
            ) as founding_mention_id,
        from assigned_4
        inner join mentions on assigned_4.mention_key = mentions.mention_key
        where assigned_4.event_id in (select event_id from remade)
    ),

    final as (
        select
            mention_id,
            mention_key,
            founding_mention_id,
            'ev-' || left(sha256(founding_mention_id), 16) as event_id,
            event_id as cluster_event_id,
            choice_id,
            choice_margin,
        from founded
    )

select *
from final
