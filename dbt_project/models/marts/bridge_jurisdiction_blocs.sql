with
    members as (select * from {{ ref('stg_jurisdiction_blocs') }}),

    final as (select distinct jurisdiction_id, bloc_id, from members)

select *
from final
order by jurisdiction_id, bloc_id
