{#- Acts that newspapers file under several types: a prohibition order is an enforcement to one and a restriction to
    the other. Mentions of two types may tell one event when their acts are of one kind; `none` is a subtype that the
    text leaves open. -#}
{% macro kinds_of_act() -%}
    {{ return({
        'stop': [
            'restriction:ban', 'restriction:suspension', 'restriction:block', 'restriction:none',
            'license_withdrawn:suspended', 'license_withdrawn:revoked', 'license_withdrawn:none',
            'enforcement:cease_and_desist', 'enforcement:none', 'launch:halted',
        ],
        'injunction': [
            'court_ruling:injunction', 'court_ruling:order', 'restriction:ban', 'restriction:suspension',
            'restriction:block', 'restriction:none', 'enforcement:cease_and_desist',
        ],
        'freeze': ['restriction:freeze', 'enforcement:seizure', 'court_ruling:injunction'],
        'suit': [
            'litigation:filed', 'litigation:petition', 'litigation:none', 'enforcement:charge',
            'enforcement:none',
        ],
        'penalty': ['enforcement:fine', 'enforcement:settlement', 'court_ruling:order', 'court_ruling:judgment'],
        'insolvency': ['market_access:insolvency', 'court_ruling:order', 'court_ruling:none', 'litigation:petition'],
        'closure': ['market_access:closure', 'market_access:exit', 'launch:halted', 'launch:cancelled'],
        'end of a case': [
            'legal_relief:case_dismissed', 'legal_relief:charges_dropped', 'court_ruling:judgment',
            'court_ruling:order', 'court_ruling:none',
        ],
        'opening': [
            'legal_relief:ban_lifted', 'regulation:final_rule', 'regulation:framework', 'regulation:guidance',
            'regulation:circular', 'regulation:withdrawn', 'regulation:none', 'legislation:repealed',
        ],
        'rule': [
            'regulation:final_rule', 'regulation:framework', 'regulation:guidance', 'regulation:circular',
            'regulation:none', 'legislation:enacted', 'legislation:none', 'restriction:ban', 'restriction:cap',
            'restriction:none',
        ],
        'draft': [
            'regulation:draft', 'regulation:consultation', 'regulation:framework', 'legislation:introduced',
            'legislation:none',
        ],
        'start of a rule': ['regulation:in_force', 'legislation:in_force'],
        'reserve': [
            'state_allocation:reserve_policy', 'state_allocation:budget', 'state_allocation:none',
            'institution_created:fund', 'institution_created:none', 'legislation:enacted',
        ],
        'programme': [
            'launch:pilot', 'launch:limited', 'launch:full', 'launch:none', 'institution_created:agency',
            'institution_created:council', 'institution_created:task_force', 'institution_created:fund',
            'institution_created:none',
        ],
        'public money': [
            'state_allocation:budget', 'state_allocation:subsidy', 'state_allocation:none',
            'funding:grant', 'funding:investment',
        ],
        'permit': ['licensing:granted', 'licensing:registered', 'licensing:none', 'market_access:entry'],
        'handover': ['funding:acquisition', 'market_access:exit', 'market_access:closure'],
        'alliance': [
            'partnership:joint_venture', 'institution_created:council', 'institution_created:task_force',
        ],
    }) }}
{%- endmacro %}

{% macro act_kinds(merge_family, event_type, event_subtype) -%}
    list_filter(
        [
            {{ merge_family }},
            {% for kind, acts in kinds_of_act().items() %}
                case
                    when
                        {{ event_type }} || ':' || coalesce({{ event_subtype }}, 'none')
                        in ('{{ acts | join("', '") }}')
                    then '{{ kind }}'
                end{{ ',' if not loop.last }}
            {% endfor %}
        ],
        lambda kind:kind is not null
    )
{%- endmacro %}
