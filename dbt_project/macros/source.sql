{#- Sources without the name of the database: a view keeps the names it was written with, and the published
    file has another name than the build file. -#}
{% macro source() -%}
    {% do return(builtins.source(*varargs, **kwargs).include(database=false)) %}
{%- endmacro %}
