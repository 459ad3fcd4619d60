-- The step each event follows: the latest earlier event from which a procedure of the vocabulary leads
-- to it, about the same party (or, where no private party is named, by the same authority on the same
-- topic) in the same jurisdiction.
with recursive
    events as (select * from {{ ref('int_event_fields') }}),

    event_actors as (select * from {{ ref('int_event_actors') }}),

    actors as (select * from {{ ref('int_actors') }}),

    members as (select * from {{ ref('int_event_members') }}),

    mention_topics as (select * from {{ ref('stg_mention_topics') }}),

    steps as (select * from {{ ref('stg_lineage_steps') }}),

    parties as (
        select
            event_actors.event_id,
            event_actors.actor_id,
            {{ in_list('actors.actor_type', 'public_authority_types') }} as is_authority,
        from event_actors
        inner join actors on event_actors.actor_id = actors.actor_id
        where actors.actor_type != 'group_class'
        group by all
    ),

    party_lists as (
        select
            event_id,
            list(actor_id order by actor_id) as actor_ids,
            coalesce(list(actor_id order by actor_id) filter (not is_authority), []) as private_ids,
        from parties
        group by event_id
    ),

    topic_lists as (
        select members.event_id, list(distinct mention_topics.topic) as topics,
        from members
        inner join mention_topics on members.mention_id = mention_topics.mention_id
        group by members.event_id
    ),

    -- How far into a procedure a step is: two events of one day are ordered by it, so that no chain can
    -- bite its tail.
    nodes as (
        select from_event_type as event_type, from_event_subtype as event_subtype,
        from steps
        union
        select to_event_type as event_type, to_event_subtype as event_subtype,
        from steps
    ),

    -- fmt: off
    depths(event_type, event_subtype, depth) using key (event_type, event_subtype) as (
        select event_type, coalesce(event_subtype, ''), 0
        from nodes
        union
        (
            select steps.to_event_type, coalesce(steps.to_event_subtype, ''), max(reached.depth) + 1
            from depths as reached
            inner join steps
                on reached.event_type = steps.from_event_type
                and reached.event_subtype = coalesce(steps.from_event_subtype, '')
            inner join recurring.depths as known
                on steps.to_event_type = known.event_type
                and coalesce(steps.to_event_subtype, '') = known.event_subtype
            -- The bound stops procedures that may begin again, such as appeal upon appeal.
            where reached.depth + 1 > known.depth and reached.depth < 12
            group by steps.to_event_type, coalesce(steps.to_event_subtype, '')
        )
    ),
    -- fmt: on

    dated as (
        select
            events.event_id,
            events.event_type,
            events.event_subtype,
            events.jurisdiction_id,
            events.status,
            events.confidence,
            coalesce(events.event_date, events.first_reported_date) as order_date,
            coalesce(exact.depth, whole_type.depth, 0) as depth,
            coalesce(party_lists.actor_ids, []) as actor_ids,
            coalesce(party_lists.private_ids, []) as private_ids,
            coalesce(topic_lists.topics, []) as topics,
        from events
        left join party_lists on events.event_id = party_lists.event_id
        left join topic_lists on events.event_id = topic_lists.event_id
        left join
            depths as exact
            on events.event_type = exact.event_type
            and events.event_subtype = exact.event_subtype
        left join
            depths as whole_type
            on events.event_type = whole_type.event_type
            and whole_type.event_subtype = ''
        where
            events.status not in ('hypothetical', 'negated')
            and coalesce(events.event_date, events.first_reported_date) is not null
    ),

    -- Meeting on a shared actor first keeps this from comparing all events with all.
    by_actor as (select *, unnest(actor_ids) as shared_id, from dated),

    candidates as (
        select distinct
            later.event_id,
            earlier.event_id as follows_event_id,
            steps.procedure,
            earlier.order_date as earlier_date,
            earlier.depth as earlier_depth,
            earlier.confidence as earlier_confidence,
        from by_actor as later
        inner join
            by_actor as earlier on later.shared_id = earlier.shared_id and later.event_id != earlier.event_id
        inner join
            steps
            on steps.from_event_type = earlier.event_type
            and coalesce(steps.from_event_subtype = earlier.event_subtype, steps.from_event_subtype is null)
            and steps.to_event_type = later.event_type
            and coalesce(steps.to_event_subtype = later.event_subtype, steps.to_event_subtype is null)
        where
            (
                earlier.order_date < later.order_date
                or (earlier.order_date = later.order_date and earlier.depth < later.depth)
            )
            and coalesce(earlier.jurisdiction_id = later.jurisdiction_id, true)
            and case
                when len(earlier.private_ids) > 0 and len(later.private_ids) > 0
                then list_has_any(earlier.private_ids, later.private_ids)
                else list_has_any(earlier.topics, later.topics)
            end
    ),

    final as (
        select event_id, follows_event_id, procedure,
        from candidates
        qualify
            row_number() over (
                partition by event_id
                order by
                    earlier_date desc,
                    earlier_depth desc,
                    earlier_confidence desc,
                    follows_event_id,
                    procedure
            )
            = 1
    )

select *
from final
