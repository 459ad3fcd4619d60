{#- For incremental models with rows per mention: take out the rows of mentions that `current` no longer has, or has
    with another fingerprint. Runs before the model, which then makes what is missing. -#}
{% macro delete_stale_rows(current) -%}
    {{ "{% if is_incremental() %} delete from {{ this }} where (mention_id, input_hash) not in"
    ~ " (select mention_id, input_hash from {{ ref('" ~ current ~ "') }}) {% endif %}" }}
{%- endmacro %}

{#- The same for rows that name mentions: take out those that name one which a model now lists. The model that asks
    says `-- depends_on`, for it may not read the listing models itself. -#}
{% macro delete_rows_naming(columns, models) -%}
    {%- set listed = [] -%}
    {%- for column in columns -%}
        {%- for model in models -%}
            {%- do listed.append(column ~ " in (select mention_id from {{ ref('" ~ model ~ "') }})") -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ "{% if is_incremental() %} delete from {{ this }} where " ~ listed | join(' or ') ~ " {% endif %}" }}
{%- endmacro %}

{#- What int_event_members held after the last build, nothing in a full one. It is built after the models that ask,
    so it cannot be a `ref`. -#}
{% macro remembered_members(columns) -%}
    {%- set members = load_relation(this.incorporate(path={'identifier': 'int_event_members'})) if execute else none -%}
    select {{ columns | join(', ') }},
    {% if members and not flags.FULL_REFRESH -%} from {{ members }}
    {%- else -%}
        from (select null::text as mention_id, null::ubigint as input_hash, null::text as component_id)
        where false
    {%- endif %}
{%- endmacro %}
