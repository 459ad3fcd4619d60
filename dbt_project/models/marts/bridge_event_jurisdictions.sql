with
    event_jurisdictions as (select * from {{ ref('int_event_jurisdictions') }}),

    final as (select event_id, jurisdiction_id, relation, rule, from event_jurisdictions)

select *
from final
order by event_id, jurisdiction_id, relation
