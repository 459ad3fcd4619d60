{#- For incremental models with rows that name mentions by key: take out those that name one which a model now lists.
    Runs before the model, which then makes what is missing, and says `-- depends_on` unless it reads the listing
    models itself. -#}
{% macro delete_rows_naming(columns, models) -%}
    {%- set listed = [] -%}
    {%- for column in columns -%}
        {%- for model in models -%}
            {%- do listed.append(column ~ " in (select mention_key from {{ ref('" ~ model ~ "') }})") -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ "{% if is_incremental() %} delete from {{ this }} where " ~ listed | join(' or ') ~ " {% endif %}" }}
{%- endmacro %}

{#- What a table of this schema held after the last build, nothing in a full one; `columns` gives name and type. It is
    built after the models that ask, so it cannot be a `ref`. -#}
{% macro remembered(model, columns) -%}
    {%- set table = load_relation(this.incorporate(path={'identifier': model})) if execute else none -%}
    {%- if table and not flags.FULL_REFRESH -%} select {{ columns | join(', ') }}, from {{ table }}
    {%- else -%}
        select {% for name, type in columns.items() %} null::{{ type }} as {{ name }}, {% endfor %}
        where false
    {%- endif -%}
{%- endmacro %}
