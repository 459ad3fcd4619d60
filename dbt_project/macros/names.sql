{#- The key of a name, as `slug` of the vocabulary loader makes actor ids. -#}
{% macro slug(name) -%}
    trim(regexp_replace(lower(strip_accents(replace({{ name }}, '&', ' and '))), '[^a-z0-9]+', '-', 'g'), '-')
{%- endmacro %}

{#- A firm's key without what only says which kind of company it is. -#}
{% macro without_legal_form(actor_id) -%}
    regexp_replace(
        {{ actor_id }},
        '-(inc|ltd|limited|llc|llp|plc|corp|corporation|co|gmbh|ag|sa|nv|bv|pte-ltd|foundation|fze|fzco|dmcc)$',
        ''
    )
{%- endmacro %}
