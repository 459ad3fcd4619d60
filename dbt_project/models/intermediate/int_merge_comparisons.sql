{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        pre_hook="
        {% if is_incremental() %}
            delete from {{ this }}
            where
                mention_id_a in (select mention_id from {{ ref('int_merge_changes') }})
                or mention_id_b in (select mention_id from {{ ref('int_merge_changes') }})
        {% endif %}"
    )
}}

-- depends_on: {{ ref('int_merge_changes') }}
-- All compared pairs with their scores: those of unchanged mentions as they were, the others made anew.
-- Each row is
-- a function of its two mentions alone, so the whole is what a full build would make.
select *
from {{ ref('int_merge_scores') }}
