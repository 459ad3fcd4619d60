with
    fields as (select * from {{ ref('int_event_fields') }}),

    summaries as (select * from {{ ref('int_event_summaries') }}),

    lineage as (select * from {{ ref('int_event_lineage') }}),

    final as (
        select
            fields.event_id,
            fields.event_type,
            fields.event_subtype,
            fields.status,
            fields.is_background,
            fields.event_date,
            fields.event_date_end,
            fields.date_precision,
            summaries.summary,
            fields.jurisdiction_id,
            fields.amount_value,
            fields.amount_value_max,
            fields.amount_unit,
            fields.amount_role,
            fields.amount_qualifier,
            fields.document_count,
            fields.mention_count,
            fields.source_count,
            fields.first_reported_date,
            fields.last_reported_date,
            lineage.follows_event_id,
            fields.confidence,
        from fields
        inner join summaries on fields.event_id = summaries.event_id
        left join lineage on fields.event_id = lineage.event_id
    )

select *
from final
order by event_id
