{#- Schema names are the contract's own (staging, intermediate, marts, quality), without a prefix of the
    target. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ target.schema if custom_schema_name is none else custom_schema_name | trim }}
{%- endmacro %}
