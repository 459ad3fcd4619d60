-- Actors of each event with their role. An actor whom different mentions give different roles keeps the
-- most frequent one; two roles that one mention gives at once (a body that hosts and signs) are both
-- kept.
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

    named as (
        select
            told.event_id,
            told.mention_id,
            coalesce(full_names.full_actor_id, told.actor_id) as actor_id,
            told.role,
            told.name_as_reported,
            count(distinct told.role) over (
                partition by told.mention_id, coalesce(full_names.full_actor_id, told.actor_id)
            )
            > 1 as is_double_role,
        from told
        left join full_names on told.event_id = full_names.event_id and told.actor_id = full_names.actor_id
    ),

    roles as (
        select
            event_id,
            actor_id,
            role,
            count(distinct mention_id) as role_count,
            bool_or(is_double_role) as is_double_role,
        from named
        group by event_id, actor_id, role
    ),

    kept as (
        select *,
        from roles
        qualify
            is_double_role
            or row_number() over (
                partition by event_id, actor_id
                order by
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
        select event_id, actor_id, name_as_reported,
        from named
        group by event_id, actor_id, name_as_reported
        qualify
            row_number() over (
                partition by event_id, actor_id order by length(name_as_reported) desc, name_as_reported
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
