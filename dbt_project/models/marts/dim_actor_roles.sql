with
    offices as (select * from {{ ref('stg_actor_roles') }}),

    final as (
        select distinct actor_id, office, office_type, organisation_actor_id, valid_from, valid_to,
        from offices
    )

select *
from final
order by actor_id, valid_from nulls first, office, organisation_actor_id, valid_to
