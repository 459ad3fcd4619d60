{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        pre_hook=delete_rows_naming(['mention_id'], ['int_merge_changes', 'int_merge_components'])
    )
}}

-- depends_on: {{ ref('int_merge_changes') }}
-- Which mention tells which event: as it was in components that no change has touched, made anew in the
-- others.
-- Component and fingerprint are what the next run is compared with.
with
    assignments as (select * from {{ ref('int_merge_assignments') }}),

    components as (select * from {{ ref('int_merge_components') }}),

    final as (
        select
            assignments.mention_id,
            assignments.founding_mention_id,
            assignments.event_id,
            components.component_id,
            components.input_hash,
        from assignments
        inner join components on assignments.mention_id = components.mention_id
    )

select *
from final
