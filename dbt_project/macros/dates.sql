{#- What a date with a precision stands for: the first and the last day it may be. A week is "some day
    within the seven up to and including the date"; longer precisions are stored as their first day, and a
    stated last day ends them. -#}
{% macro first_possible_day(event_date, date_precision) -%}
    case {{ date_precision }} when 'week' then {{ event_date }} - 6 else {{ event_date }} end
{%- endmacro %}

{% macro last_possible_day(event_date, event_date_end, date_precision) -%}
    coalesce(
        {{ event_date_end }},
        case
            {{ date_precision }}
            when 'month'
            then last_day({{ event_date }})
            when 'quarter'
            then last_day(cast({{ event_date }} + interval 2 month as date))
            when 'year'
            then last_day(cast({{ event_date }} + interval 11 month as date))
            else {{ event_date }}
        end
    )
{%- endmacro %}

{#- Days that two date ranges lie apart: 0 when they touch or overlap, null when one is not known
    (greatest() alone would skip the null and answer 0). -#}
{% macro days_apart(from_a, to_a, from_b, to_b) -%}
    case
        when {{ from_a }} is not null and {{ from_b }} is not null
        then greatest({{ from_a }} - {{ to_b }}, {{ from_b }} - {{ to_a }}, 0)
    end
{%- endmacro %}

{#- Days by which the news may misdate an event: the slack between two stated ranges that still agree. -#}
{% macro date_slack(date_precision) -%}
    case {{ date_precision }} when 'day' then 3 when 'week' then 3 when 'month' then 7 else 0 end
{%- endmacro %}

{#- Names that any two sentences may share. -#}
{% macro calendar_words() -%}
    [
        {% for name in [
            'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october',
            'november', 'december', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday',
        ] -%}
            '{{ name }}'{{ ", " if not loop.last }}
        {%- endfor %}
    ]
{%- endmacro %}
