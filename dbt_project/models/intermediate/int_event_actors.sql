-- Actors of each event with their role. An actor whom different mentions give different roles keeps the
-- most frequent one; two roles that one mention gives at once (a body that hosts and signs) are both
-- kept.
with
    members as (select * from {{ ref('int_event_members') }}),

    mention_actors as (select * from {{ ref('stg_mention_actors') }}),

    named as (
        select
            members.event_id,
            members.mention_id,
            mention_actors.actor_id,
            mention_actors.role,
            mention_actors.name_as_reported,
            count(distinct mention_actors.role) over (
                partition by members.mention_id, mention_actors.actor_id
            )
            > 1 as is_double_role,
        from members
        inner join mention_actors on members.mention_id = mention_actors.mention_id
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
