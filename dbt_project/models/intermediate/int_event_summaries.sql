-- One generated sentence per event from its chosen fields.
with
    events as (select * from {{ ref('int_event_fields') }}),

    event_actors as (select * from {{ ref('int_event_actors') }}),

    actors as (select * from {{ ref('int_actors') }}),

    phrases as (select * from {{ ref('stg_event_types') }}),

    jurisdictions as (select * from {{ ref('stg_jurisdictions') }}),

    -- Names by role, the most told first.
    named as (
        select event_actors.event_id, event_actors.role, actors.actor_name, event_actors.role_count,
        from event_actors
        inner join actors on event_actors.actor_id = actors.actor_id
    ),

    slots as (
        select
            event_id,
            {% for role in var('roles') %}
                coalesce(
                    list(actor_name order by role_count desc, actor_name) filter (role = '{{ role }}'), []
                ) as {{ role }}s,
            {% endfor %}
        from named
        group by event_id
    ),

    parties as (
        select
            events.event_id,
            case
                when len(initiators) > 0
                then initiators
                when len(speakers) > 0
                then speakers
                else participants
            end as by_names,
            case
                when len(recipients) > 0
                then recipients
                when len(affecteds) > 0
                then affecteds
                when len(beneficiarys) > 0
                then beneficiarys
                -- A reciprocal act by one named side: the others are the other side.
                when len(initiators) > 0 or len(speakers) > 0
                then participants
                else []
            end as to_names,
            case
                when len(participants) + len(initiators) > 1
                then
                    list_concat(
                        initiators,
                        list_filter(participants, lambda name: not list_contains(initiators, name))
                    )
                else list_concat(initiators, participants, recipients, hosts)
            end as with_names,
            appointees as who_names,
            recipients as org_names,
            case
                when len(hosts) > 0 then hosts when len(initiators) > 0 then recipients else []
            end as host_names,
        from events
        inner join slots on events.event_id = slots.event_id
    ),

    worded as (
        select
            event_id,
            {{ name_list('by_names') }} as by_name,
            {{ name_list('to_names') }} as to_name,
            case
                when len(with_names) = 1
                then with_names[1] || ' and an unnamed party'
                else {{ name_list('with_names') }}
            end as with_name,
            {{ name_list('who_names') }} as who_name,
            {{ name_list('org_names') }} as org_name,
            {{ name_list('host_names') }} as host_name,
            len(by_names) as by_count,
            len(to_names) as to_count,
            len(who_names) as who_count,
        from parties
    ),

    phrased as (
        select
            events.*,
            coalesce(
                exact.summary_phrase,
                whole_type.summary_phrase,
                '{by}: ' || replace(events.event_type, '_', ' ')
            ) as phrase,
            by_name,
            to_name,
            with_name,
            who_name,
            org_name,
            host_name,
            by_count,
            to_count,
            who_count,
            jurisdictions.jurisdiction_name,
            jurisdictions.jurisdiction_type,
        from events
        left join worded on events.event_id = worded.event_id
        left join
            phrases as exact
            on events.event_type = exact.event_type
            and events.event_subtype = exact.event_subtype
        left join
            phrases as whole_type
            on events.event_type = whole_type.event_type
            and whole_type.event_subtype is null
        left join jurisdictions on events.jurisdiction_id = jurisdictions.jurisdiction_id
    ),

    agreed as (
        select
            * replace (
                case
                    when
                        (starts_with(phrase, '{by} was ') and by_count > 1)
                        or (starts_with(phrase, '{to} was ') and to_count > 1)
                        or (starts_with(phrase, '{who} was ') and who_count > 1)
                    then replace(phrase, ' was ', ' were ')
                    else phrase
                end as phrase
            )
        from phrased
    ),

    {% set slots = ['by', 'to', 'with', 'who', 'org', 'host'] %}
    {% for slot in slots %}
        filled_{{ slot }} as (
            select * replace ({{ fill_slot('phrase', slot, slot ~ '_name') }} as phrase)
            from {{ 'agreed' if loop.first else 'filled_' ~ slots[loop.index0 - 1] }}
        ),
    {% endfor %}

    final as (
        select
            event_id,
            {{ status_prefix('status') }}
            || upper(left(phrase, 1))
            || substr(phrase, 2)
            || {{ amount_phrase('amount_value', 'amount_value_max', 'amount_unit', 'amount_qualifier') }}
            -- The place is said once.
            || case
                when contains(phrase, jurisdiction_name)
                then ''
                else {{ place_phrase('jurisdiction_name', 'jurisdiction_type') }}
            end
            || {{ date_phrase('event_date', 'date_precision') }}
            || '.' as summary,
        from filled_host
    )

select *
from final
