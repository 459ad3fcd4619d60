{#- The body of a recursive CTE `name(key, component_id) using key (key)`: every node of `nodes` ends with
    the smallest id that it can reach over `links(from_id, to_id)`, which must hold both directions of each
    link. -#}
{% macro component_walk(name, nodes, links, key='mention_id') -%}
    select {{ key }}, {{ key }}
    from {{ nodes }}
    union
    (
        select links.to_id, min(reached.component_id)
        from {{ name }} as reached
        inner join {{ links }} as links on reached.{{ key }} = links.from_id
        inner join recurring.{{ name }} as known on links.to_id = known.{{ key }}
        where reached.component_id < known.component_id
        group by links.to_id
    )
{%- endmacro %}
