{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        pre_hook=delete_rows_naming(['mention_key'], ['int_merge_changes', 'int_merge_assignments'])
    )
}}

-- depends_on: {{ ref('int_merge_changes') }}
-- Which mention tells which event: made anew where a change has disturbed it, as it was elsewhere.
select *
from {{ ref('int_merge_assignments') }}
