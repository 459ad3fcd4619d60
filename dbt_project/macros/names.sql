{#- The key of a name, as `slug` of the vocabulary loader makes actor ids. -#}
{% macro slug(name) -%}
    trim(regexp_replace(lower(strip_accents(replace({{ name }}, '&', ' and '))), '[^a-z0-9]+', '-', 'g'), '-')
{%- endmacro %}

{#- A firm's key without what only says which kind of company it is. -#}
{% macro without_legal_form(actor_id) -%}
    regexp_replace(
        {{ actor_id }},
        '-(inc|ltd|limited|llc|llp|plc|corp|corporation|co|gmbh|ag|sa|nv|bv|pte-ltd|foundation|fze|fzco|dmcc)$',
        ''
    )
{%- endmacro %}

{#- What bills and acts a sentence names: numbers by their series ("s 1373" for SB 1373 and Senate Bill 1373), and the
    words of titles with their initials, so that the VASP Act meets the Virtual Asset Service Providers Act. -#}
{% macro instruments(quote) -%}
    list_sort(
        list_distinct(
            list_transform(
                regexp_extract_all(
                    {{ quote }},
                    '\b(?:S\.?B\.?|H\.?B\.?|A\.?B\.?|H\.?R\.?|(?:Senate|House|Assembly) Bill)\s?(?:No\.\s?)?\d{1,5}\b'
                ),
                lambda found: case
                    when regexp_matches(found, '^H\.?R') then 'hr ' else lower(found[1]) || ' '
                end
                || regexp_replace(found, '\D', '', 'g')
            ) || flatten(
                list_transform(
                    list_transform(
                        regexp_extract_all(
                            {{ quote }},
                            '((?:(?:U\.S\.|\p{Lu}[\p{L}\d-]*),? (?:(?:and|of|for|on|in|the) )*){1,9})'
                            || '(?:Act|Bill)(?:[^\p{L}\s]|\s[^\p{Lu}]|$)',
                            1
                        ),
                        lambda found:regexp_replace(found, '^(?:.* the|The|This|Its|A) ', '')
                    ),
                    lambda title:{{ title_words('title') }}
                )
            )
        )
    )
{%- endmacro %}

{#- The words of a title that tell it from others, and its initials, with and without the last. -#}
{% macro title_words(title) -%}
    list_filter(
        string_split_regex(lower({{ title }}), '[^\p{L}\d]+')
        || [lower(array_to_string(regexp_extract_all({{ title }}, '\b\p{Lu}'), ''))]
        || [lower(array_to_string(regexp_extract_all({{ title }}, '\b\p{Lu}')[:-2], ''))],
        lambda word:length(word) > 2
        and not list_contains({{ calendar_words() }}, word)
        and not list_contains(
            string_split(
                'the this that its and for new draft first second third senate house assembly federal state national law'
                || ' parliament',
                ' '
            ),
            word
        )
    )
{%- endmacro %}
