-- Every document, article, mention and evidence value that landed is in the marts: joins may not drop
-- rows in silence.
select 'documents' as table_name
where (select count(*) from {{ ref('stg_documents') }}) != (select count(*) from {{ ref('dim_documents') }})
union all
select 'articles' as table_name
where (select count(*) from {{ ref('stg_articles') }}) != (select count(*) from {{ ref('dim_articles') }})
union all
select 'mentions' as table_name
where
    (select count(*) from {{ ref('stg_mentions') }})
    != (select count(*) from {{ ref('fact_event_mentions') }})
union all
-- A surname stands under the full name that its event gives, a description under whom its event names.
select distinct 'actors of mentions' as table_name
from {{ ref('stg_mention_actors') }} as told
inner join {{ ref('fact_event_mentions') }} as mentions on told.mention_id = mentions.mention_id
where
    told.actor_id not in (select actor_id from {{ ref('bridge_event_actors') }})
    and not exists (
        select 1
        from {{ ref('bridge_event_actors') }} as named
        inner join {{ ref('int_actor_kin') }} as kin on named.actor_id = kin.kin_actor_id
        where named.event_id = mentions.event_id and kin.actor_id = told.actor_id
    )
    and not (
        told.actor_id in (
            select actor_id
            from {{ ref('int_actors') }}
            where actor_type = 'group_class'
            union all
            select actor_id
            from {{ ref('stg_mention_actors') }}
            where rule = 'body_by_description'
        )
        and mentions.event_id in (select event_id from {{ ref('bridge_event_actors') }})
    )
union all
select 'evidence' as table_name
where
    (
        select count(*)
        from
            (
                select distinct mention_id, field_name, field_value, char_start, char_end, rule
                from {{ ref('stg_mention_evidence') }}
            )
    )
    != (select count(*) from {{ ref('fact_event_evidence') }})
