-- Actors of each event with their role. An actor whom different mentions give different roles keeps the
-- most frequent one; two roles that one mention gives at once (a body that hosts and signs) are both
-- kept. What one report only describes gives way to the party that another one names in its role.
with
    members as (select * from {{ ref('int_event_members') }}),

    mention_actors as (select * from {{ ref('stg_mention_actors') }}),

    actors as (select * from {{ ref('int_actors') }}),

    kin as (select * from {{ ref('int_actor_kin') }}),

    told as (
        select members.event_id, mention_actors.*,
        from members
        inner join mention_actors on members.mention_id = mention_actors.mention_id
    ),

    -- "Hines" beside Bo Hines, and "lawmakers" beside the parliament, are who the other reports name.
    full_names as (
        select short.event_id, short.actor_id, min(known.actor_id) as full_actor_id,
        from told as short
        inner join actors as described on short.actor_id = described.actor_id and not described.is_curated
        inner join kin on short.actor_id = kin.actor_id
        inner join told as known on short.event_id = known.event_id and kin.kin_actor_id = known.actor_id
        inner join actors as named on known.actor_id = named.actor_id
        where
            ends_with(named.actor_id, '-' || described.actor_id)
            or (
                named.is_curated and named.actor_type = 'legislature' and described.actor_type = 'legislature'
            )
        group by short.event_id, short.actor_id
        having count(distinct known.actor_id) = 1
    ),

    sides as (
        select
            told.event_id,
            told.mention_id,
            told.actor_id,
            told.rule,
            actors.actor_type,
            coalesce(actors.is_curated, false) as is_curated,
            split_part(split_part(actors.home_jurisdiction_id, '-', 1), '/', 1) as country,
            -- What a class suffers, the one named for it in another report receives.
            if(told.role in ('affected', 'beneficiary'), 'recipient', told.role) as side,
        from told
        left join actors on told.actor_id = actors.actor_id
    ),

    -- "Ten platforms" are those whom another report lists; "a court in Seoul" is the Administrative Court, if
    -- that is the only body of its kind and country there, and "the firm's founder" the only person or firm.
    answers as (
        select
            described.event_id,
            described.actor_id,
            if(
                count(distinct known.actor_id) = 1 and not bool_or(described.rule = 'class_of_actors'),
                min(known.actor_id),
                null
            ) as full_actor_id,
            bool_or(described.actor_type = 'group_class') as is_nameless,
        from sides as described
        inner join
            sides as known
            on described.event_id = known.event_id
            and described.side = known.side
            and described.actor_id != known.actor_id
        where
            not described.is_curated
            and (
                (described.actor_type = 'group_class' and known.actor_type != 'group_class')
                or (
                    described.rule = 'body_by_description'
                    and (known.is_curated or known.rule != 'body_by_description')
                    and (
                        (known.actor_type = described.actor_type and known.country = described.country)
                        or (described.actor_type = 'court' and known.actor_type = 'judge')
                    )
                )
            )
            -- Who is told beside the other in one report is somebody else.
            and not exists (
                from sides as beside
                inner join sides as same_report on beside.mention_id = same_report.mention_id
                where
                    beside.event_id = described.event_id
                    and beside.actor_id = described.actor_id
                    and same_report.actor_id = known.actor_id
            )
        group by described.event_id, described.actor_id
    ),

    named as (
        select
            told.event_id,
            told.mention_id,
            coalesce(full_names.full_actor_id, answers.full_actor_id, told.actor_id) as named_actor_id,
            told.role,
            told.name_as_reported,
            named_actor_id = told.actor_id as is_by_name,
            count(distinct told.role) over (partition by told.mention_id, named_actor_id)
            > 1 as is_double_role,
        from told
        left join full_names on told.event_id = full_names.event_id and told.actor_id = full_names.actor_id
        left join answers on told.event_id = answers.event_id and told.actor_id = answers.actor_id
        where answers.is_nameless is distinct from true or answers.full_actor_id is not null
    ),

    roles as (
        select
            event_id,
            named_actor_id as actor_id,
            role,
            count(distinct mention_id) as role_count,
            count(distinct mention_id) filter (is_by_name) as named_count,
            bool_or(is_double_role) as is_double_role,
        from named
        group by event_id, named_actor_id, role
    ),

    kept as (
        select *,
        from roles
        qualify
            is_double_role
            or row_number() over (
                partition by event_id, actor_id
                order by
                    named_count desc,
                    role_count desc,
                    list_position(
                        [
                            'initiator',
                            'speaker',
                            'appointee',
                            'recipient',
                            'beneficiary',
                            'affected',
                            'host',
                            'participant'
                        ],
                        role
                    )
            )
            = 1
    ),

    -- The longest name an article used says most.
    names as (
        select event_id, named_actor_id as actor_id, name_as_reported,
        from named
        group by event_id, named_actor_id, name_as_reported
        qualify
            row_number() over (
                partition by event_id, named_actor_id order by length(name_as_reported) desc, name_as_reported
            )
            = 1
    ),

    final as (
        select kept.event_id, kept.actor_id, kept.role, names.name_as_reported, kept.role_count,
        from kept
        inner join names on kept.event_id = names.event_id and kept.actor_id = names.actor_id
    )

select *
from final
