{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        pre_hook=delete_rows_naming(['fine_key', 'coarse_key'], ['int_merge_changes'])
    )
}}

-- depends_on: {{ ref('int_merge_changes') }}
-- All compared pairs with their scores: those of unchanged mentions as they were, the others made
-- anew. Each row is a function of its two mentions alone, so the whole is what a full build would
-- make.
select *
from {{ ref('int_merge_scores') }}
