{#- No two rows agree in all the columns; null counts as a value. -#}
{% test unique_combination(model, columns) %}

    select {{ columns | join(", ") }}, count(*) as row_count,
    from {{ model }}
    group by {{ columns | join(", ") }}
    having count(*) > 1

{% endtest %}
