with
    members as (select * from {{ ref('int_event_members') }}),

    mention_topics as (select * from {{ ref('stg_mention_topics') }}),

    final as (
        select distinct members.event_id, mention_topics.topic,
        from members
        inner join mention_topics on members.mention_id = mention_topics.mention_id
    )

select *
from final
order by event_id, topic
