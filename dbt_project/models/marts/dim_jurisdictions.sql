with
    jurisdictions as (select * from {{ ref('stg_jurisdictions') }}),

    event_jurisdictions as (select * from {{ ref('int_event_jurisdictions') }}),

    -- A country that is only compared with, or only the home of a party, has no part in the event.
    in_events as (
        select jurisdiction_id, count(distinct event_id) as event_count,
        from event_jurisdictions
        where relation not in ('compared', 'home')
        group by jurisdiction_id
    ),

    final as (
        select
            jurisdictions.jurisdiction_id,
            jurisdictions.jurisdiction_name,
            jurisdictions.jurisdiction_type,
            jurisdictions.iso_alpha3,
            jurisdictions.iso_numeric,
            jurisdictions.parent_jurisdiction_id,
            jurisdictions.region,
            jurisdictions.subregion,
            jurisdictions.currency_code,
            cast(coalesce(in_events.event_count, 0) as integer) as event_count,
        from jurisdictions
        left join in_events on jurisdictions.jurisdiction_id = in_events.jurisdiction_id
    )

select *
from final
order by jurisdiction_id
