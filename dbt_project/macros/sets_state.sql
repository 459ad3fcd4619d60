{#- Whether an act leaves law or rules other than they were: a bill, a consultation or a veto leaves them as they are,
    and a pardon concerns one person. -#}
{% macro sets_state(event_type, event_subtype) -%}
    case
        {{ event_type }}
        when 'legislation'
        then {{ event_subtype }} in ('enacted', 'in_force', 'amended', 'repealed')
        when 'regulation'
        then
            {{ event_subtype }}
            in ('final_rule', 'guidance', 'framework', 'circular', 'in_force', 'withdrawn')
        when 'restriction'
        then true
        when 'legal_relief'
        then {{ event_subtype }} = 'ban_lifted'
        else false
    end
{%- endmacro %}
