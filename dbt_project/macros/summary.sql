{#- The generated sentence of an event: a phrase of the vocabulary filled with names, then amount, place and
    date. -#}
{#- "A", "A and B", "A, B and C", "A, B and 4 others" from a list of names. -#}
{% macro name_list(names) -%}
    case
        when len({{ names }}) = 0
        then null
        when len({{ names }}) = 1
        then {{ names }} [1]
        when len({{ names }}) <= 4
        then array_to_string({{ names }} [:-2], ', ') || ' and ' || {{ names }} [-1]
        else array_to_string({{ names }} [:2], ', ') || ' and ' || (len({{ names }}) - 2) || ' others'
    end
{%- endmacro %}

{#- Puts a name list into a phrase. An empty slot takes its preposition with it ("was appointed to {org}" ->
    "was appointed"); where grammar needs somebody it is an unnamed party. -#}
{% macro fill_slot(phrase, slot, names) -%}
    case
        when {{ names }} is not null
        then replace({{ phrase }}, '{{ "{" ~ slot ~ "}" }}', {{ names }})
        else
            replace(
                regexp_replace(
                    {{ phrase }}, ' (to|from|of|at|in|for|with|against|by|on) \{{ "{" ~ slot }}\}', '', 'g'
                ),
                '{{ "{" ~ slot ~ "}" }}',
                '{{ "unnamed parties" if slot == "with" else "an unnamed party" }}'
            )
    end
{%- endmacro %}

{#- What comes before the sentence when the event is not simply done. -#}
{% macro status_prefix(status) -%}
    case
        {{ status }}
        when 'announced'
        then 'Planned: '
        when 'proposed'
        then 'Proposed: '
        when 'rumored'
        then 'Reportedly: '
        when 'hypothetical'
        then 'Possible: '
        when 'negated'
        then 'Did not happen: '
        when 'cancelled'
        then 'Cancelled: '
        when 'ongoing'
        then 'Ongoing: '
        else ''
    end
{%- endmacro %}

{#- A number as newspapers write it: 4.3 billion, 120 million, 1,500, 0.25, 0.001; 999.996 million is 1 billion. -#}
{% macro newspaper_number(amount) -%}
    case
        when abs({{ amount }}) >= 999.995e9
        then {{ short_number(amount ~ ' / 1e12') }} || ' trillion'
        when abs({{ amount }}) >= 999.995e6
        then {{ short_number(amount ~ ' / 1e9') }} || ' billion'
        when abs({{ amount }}) >= 999999.995
        then {{ short_number(amount ~ ' / 1e6') }} || ' million'
        when abs({{ amount }}) > 0 and abs({{ amount }}) < 0.01
        then regexp_replace(format('{:.8f}', {{ amount }}), '0+$', '')
        else {{ short_number(amount) }}
    end
{%- endmacro %}

{#- At most two decimals, no trailing zeros, commas between thousands. -#}
{% macro short_number(amount) -%}
    regexp_replace(format('{:,.2f}', {{ amount }}), '\.?0+$', '')
{%- endmacro %}

{#- ", over 120 million USD"; a range gives both ends. -#}
{% macro amount_phrase(value, value_max, unit, qualifier) -%}
    case
        when {{ value }} is null
        then ''
        else
            ', ' || case
                {{ qualifier }}
                when 'approx'
                then 'about '
                when 'up_to'
                then 'up to '
                when 'over'
                then 'over '
                when 'at_least'
                then 'at least '
                else ''
            end
            || {{ newspaper_number(value) }}
            || coalesce(' to ' || {{ newspaper_number(value_max) }}, '')
            || ' '
            || {{ unit }}
    end
{%- endmacro %}

{#- ", in the United States". -#}
{% macro place_phrase(jurisdiction_name, jurisdiction_type) -%}
    case
        when {{ jurisdiction_name }} is null
        then ''
        when {{ jurisdiction_type }} = 'global'
        then ', worldwide'
        when
            regexp_matches(
                {{ jurisdiction_name }},
                '^(United |Bahamas|Gambia|Maldives|Netherlands|Philippines|European Union)|(Islands|Republic|Emirates|Union)$'
            )
        then ', in the ' || {{ jurisdiction_name }}
        else ', in ' || {{ jurisdiction_name }}
    end
{%- endmacro %}

{#- ", 22 April 2025", ", April 2025", ", Q2 2025", ", 2025", ", in the week to 22 April 2025". -#}
{% macro date_phrase(event_date, date_precision) -%}
    case
        {{ date_precision }}
        when 'day'
        then ', ' || strftime({{ event_date }}, '%-d %B %Y')
        when 'week'
        then ', in the week to ' || strftime({{ event_date }}, '%-d %B %Y')
        when 'month'
        then ', ' || strftime({{ event_date }}, '%B %Y')
        when 'quarter'
        then ', Q' || quarter({{ event_date }}) || ' ' || year({{ event_date }})
        when 'year'
        then ', ' || year({{ event_date }})
        else ''
    end
{%- endmacro %}
