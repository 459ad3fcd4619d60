{#- What SQL needs of the closed lists in dbt_project.yml. -#}
{#- The list as a SQL list of text. -#}
{% macro closed_list(name) -%} ['{{ var(name) | list | join("', '") }}'] {%- endmacro %}

{#- Whether a value is of the list. -#}
{% macro in_list(expression, name) -%}
    {{ expression }} in ('{{ var(name) | list | join("', '") }}')
{%- endmacro %}

{#- Position of a value in its list, 1 first: the order in which ties are broken. -#}
{% macro list_rank(expression, name) -%}
    list_position({{ closed_list(name) }}, {{ expression }})
{%- endmacro %}

{#- FollowTheMoney schema of an actor type. -#}
{% macro ftm_schema(actor_type) -%}
    case
        {{ actor_type }}
        {% for name, codes in var("actor_types").items() -%}
            when '{{ name }}' then '{{ codes[0] }}'
        {% endfor -%}
    end
{%- endmacro %}

{#- PLOVER sector of an actor type. -#}
{% macro plover_sector(actor_type) -%}
    case
        {{ actor_type }}
        {% for name, codes in var("actor_types").items() -%}
            when '{{ name }}' then '{{ codes[1] }}'
        {% endfor -%}
    end
{%- endmacro %}
