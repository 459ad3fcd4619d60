{#- A text as a reader of Markdown sees it: without marks, link targets and characters that show nothing. -#}
{% macro without_marks(text) -%}
    regexp_replace(regexp_replace({{ text }}, '\]\([^)]*\)', '', 'g'), '[*_`~\[\]\p{Cf}]', '', 'g')
{%- endmacro %}
