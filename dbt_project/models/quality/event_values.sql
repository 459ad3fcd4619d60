-- Every value that the mentions of an event gave for a field, side by side, with the rule that
-- chose among them. The rules are those of int_event_fields and int_event_actors; this model only
-- compares with what they chose.
{% set date_text -%}
    strftime(event_date, '%Y-%m-%d')
    || coalesce(' to ' || strftime(event_date_end, '%Y-%m-%d'), '')
    || ' ('
    || date_precision
    || ')'
{%- endset %}
{% set amount_text -%}
    regexp_replace(cast(amount_value as varchar), '\.0$', '')
    || coalesce(' to ' || regexp_replace(cast(amount_value_max as varchar), '\.0$', ''), '')
{%- endset %}

with
    mentions as (select * from {{ ref('int_event_mentions') }}),

    mention_amounts as (select * from {{ ref('stg_mention_amounts') }}),

    mention_actors as (select * from {{ ref('stg_mention_actors') }}),

    fields as (select * from {{ ref('int_event_fields') }}),

    actors as (select * from {{ ref('int_event_actors') }}),

    kin as (select * from {{ ref('int_actor_kin') }}),

    told as (
        select
            event_id,
            mention_id,
            original_article_id,
            'event_type' as field_name,
            '' as subject,
            event_type as field_value,
            null::date as first_day,
            null::date as last_day,
        from mentions
        union all
        select
            event_id, mention_id, original_article_id, 'event_subtype', event_type, event_subtype, null, null,
        from mentions
        where event_subtype is not null
        union all
        select event_id, mention_id, original_article_id, 'status', '', status, null, null,
        from mentions
        union all
        select
            event_id,
            mention_id,
            original_article_id,
            'event_date',
            '',
            {{ date_text }},
            {{ first_possible_day('event_date', 'date_precision') }},
            {{ last_possible_day('event_date', 'event_date_end', 'date_precision') }},
        from mentions
        where event_date is not null
        union all
        select
            mentions.event_id,
            mention_id,
            mentions.original_article_id,
            'amount',
            amount_role || ', ' || amount_unit,
            {{ amount_text }},
            null,
            null,
        from mentions
        inner join mention_amounts using (mention_id)
        union all
        select
            mentions.event_id, mention_id, mentions.original_article_id, 'actor', role, actor_id, null, null,
        from mentions
        inner join mention_actors using (mention_id)
    ),

    chosen as (
        select event_id, 'event_type' as field_name, '' as subject, event_type as field_value,
        from fields
        union all
        select event_id, 'event_subtype', event_type, event_subtype,
        from fields
        union all
        select event_id, 'status', '', status,
        from fields
        union all
        select event_id, 'event_date', '', {{ date_text }},
        from fields
        union all
        select event_id, 'amount', amount_role || ', ' || amount_unit, {{ amount_text }},
        from fields
        union all
        select event_id, 'actor', role, actor_id,
        from actors
    ),

    counted as (
        select
            event_id,
            field_name,
            subject,
            field_value,
            first_day,
            last_day,
            count(distinct mention_id) as mention_count,
            count(distinct original_article_id) as source_count,
        from told
        group by all
    ),

    compared as (
        select
            counted.*,
            chosen.event_id is not null as is_chosen,
            first_value(counted.first_day) over chosen_first as chosen_first_day,
            first_value(counted.last_day) over chosen_first as chosen_last_day,
            first_value(counted.field_value) over chosen_first as leading_value,
            count(*) over (partition by counted.event_id, counted.field_name, counted.subject) as value_count,
        from counted
        left join
            chosen
            on counted.event_id = chosen.event_id
            and counted.field_name = chosen.field_name
            and counted.subject = chosen.subject
            and counted.field_value = chosen.field_value
        window
            chosen_first as (
                partition by counted.event_id, counted.field_name, counted.subject
                order by chosen.event_id is not null desc, counted.mention_count desc, counted.field_value
            )
    ),

    -- Two parties of one role are no contradiction when one mention names both, or one stands for the other.
    companions as (
        select distinct one.event_id, one.subject, one.field_value, other.field_value as companion_id,
        from told as one
        inner join told as other using (event_id, mention_id, field_name, subject)
        where one.field_name = 'actor'
        union
        select one.event_id, one.subject, one.field_value, kin.kin_actor_id,
        from told as one
        inner join kin on one.field_value = kin.actor_id
        where one.field_name = 'actor'
    ),

    judged as (
        select
            compared.*,
            case
                compared.field_name
                when 'event_date'
                then
                    compared.first_day > compared.chosen_last_day
                    or compared.last_day < compared.chosen_first_day
                when 'amount'
                then compared.value_count > 1
                when 'event_subtype'
                then not compared.is_chosen and compared.value_count > 1
                when 'actor'
                then
                    not compared.is_chosen
                    or (compared.field_value != compared.leading_value and companions.companion_id is null)
                else not compared.is_chosen
            end as is_contradicting,
        from compared
        left join
            companions
            on compared.field_name = 'actor'
            and compared.event_id = companions.event_id
            and compared.subject = companions.subject
            and compared.field_value = companions.field_value
            and compared.leading_value = companions.companion_id
    ),

    final as (
        select
            event_id,
            field_name,
            nullif(subject, '') as subject,
            field_value,
            cast(mention_count as integer) as mention_count,
            cast(source_count as integer) as source_count,
            is_chosen,
            bool_or(is_contradicting) over (partition by event_id, field_name, subject) as is_conflict,
            case
                field_name
                when 'event_type'
                then 'a signed instrument, else the lede, else the most told'
                when 'event_subtype'
                then 'the most told of the chosen type, else the most confident'
                when 'status'
                then 'the surest, unless most mentions or the latest news deny it'
                when 'event_date'
                then 'the finest, then the most told, then the earliest'
                when 'amount'
                then 'all are kept; the event shows the first role''s largest'
                when 'actor'
                then 'all parties are kept, each in its most told role'
            end as rule,
        from judged
    )

select *
from final
order by event_id, field_name, subject, field_value
