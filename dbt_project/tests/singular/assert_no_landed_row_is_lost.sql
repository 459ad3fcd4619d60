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
select 'actors of mentions' as table_name
where
    (select count(distinct actor_id) from {{ ref('stg_mention_actors') }})
    != (select count(distinct actor_id) from {{ ref('bridge_event_actors') }})
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
