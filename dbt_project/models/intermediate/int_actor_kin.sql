-- Who may stand for whom in the news: a body for its parent, a person for the organisation led, an
-- official or a ministry for the government of the country, a name for those who bear it.
with
    actors as (select * from {{ ref('int_actors') }}),

    aliases as (select * from {{ ref('stg_actor_aliases') }}),

    offices as (select * from {{ ref('stg_actor_roles') }}),

    of_country as (
        select bodies.actor_id, bodies.actor_type, governments.actor_id as kin_actor_id,
        from actors as bodies
        inner join
            actors as governments
            on bodies.home_jurisdiction_id = governments.home_jurisdiction_id
            and governments.actor_type = 'government'
    ),

    of_government as (
        select *
        from of_country
        where actor_type in ('head_of_state', 'head_of_government', 'minister_official', 'ministry')
    ),

    -- Any other body may be told as its country, but the country is not told as each of its bodies.
    told_as_country as (
        select *
        from of_country
        where
            actor_type in ('regulator', 'central_bank', 'state_agency_soe', 'legislature', 'law_enforcement')
    ),

    -- "The parliament of Vietnam" and "lawmakers" stand for any legislature of the country, whole or chamber.
    legislatures as (
        select described.actor_id, named.actor_id as kin_actor_id,
        from actors as described
        inner join actors as named on described.home_jurisdiction_id = named.home_jurisdiction_id
        where
            described.actor_type in ('legislature', 'legislator')
            -- One chamber is not the other.
            and described.actor_id != named.actor_id
            and regexp_matches(
                described.actor_id, '^(parliament|lawmakers|legislators|legislature|congress)\b'
            )
            and named.actor_type = 'legislature'
    ),

    -- "Hines" and "Bo Hines" may be Robert "Bo" Hines: a name that ends a longer one.
    seen as (select distinct actor_id from {{ ref('stg_mention_actors') }}),

    endings as (
        select actor_id, array_to_string(words[place + 1:], '-') as kin_actor_id,
        from
            (
                select actor_id, string_split(actor_id, '-') as words, unnest(range(1, len(words))) as place,
                from actors
                semi join seen using (actor_id)
                where {{ in_list('actor_type', 'person_types') }}
            )
    ),

    short_names as (
        select endings.actor_id, endings.kin_actor_id,
        from endings
        inner join actors on endings.kin_actor_id = actors.actor_id
        where not actors.is_curated and endings.kin_actor_id in (select actor_id from seen)
    ),

    -- "Ocean Ridge" may be Ocean Ridge Exchange: an unknown firm whose name goes on where another ends.
    firms as (
        select actor_id, is_curated, string_split(actor_id, '-') as words,
        from actors
        semi join seen using (actor_id)
        where
            actor_type
            in ('exchange', 'bank_fi', 'company', 'issuer_fund', 'protocol_project', 'industry_association')
    ),

    firm_names as (
        select long_names.actor_id, firms.actor_id as kin_actor_id,
        from
            (
                select actor_id, array_to_string(words[:place], '-') as beginning,
                from (select *, unnest(range(1, len(words))) as place, from firms where not is_curated)
            ) as long_names
        inner join firms on long_names.beginning = firms.actor_id
    ),

    -- A name that stayed open may be any of those who are known by it: "SEC" in an article of no
    -- country, "OPNX" where another article tells that Open Exchange is called so.
    called as (
        select open_names.actor_id, aliases.actor_id as kin_actor_id,
        from aliases
        inner join actors as open_names on {{ slug('aliases.alias') }} = open_names.actor_id
        where not open_names.is_curated
    ),

    -- "JPYC" is JPYC Inc.: what follows says only what kind of company it is.
    legal_forms as (
        select actor_id, {{ without_legal_form('actor_id') }} as kin_actor_id,
        from actors
        where is_curated and kin_actor_id in (select actor_id from firms)
    ),

    one_way as (
        select actor_id, parent_actor_id as kin_actor_id,
        from actors
        where parent_actor_id is not null
        union
        select actor_id, organisation_actor_id as kin_actor_id,
        from offices
        where organisation_actor_id is not null
        union
        select actor_id, kin_actor_id,
        from of_government
        union
        select actor_id, kin_actor_id,
        from short_names
        union
        select actor_id, kin_actor_id,
        from legislatures
        union
        select actor_id, kin_actor_id,
        from firm_names
        union
        select actor_id, kin_actor_id,
        from called
        union
        select actor_id, kin_actor_id,
        from legal_forms
    ),

    final as (
        select actor_id, kin_actor_id,
        from one_way
        where actor_id != kin_actor_id
        union
        select kin_actor_id as actor_id, actor_id as kin_actor_id,
        from one_way
        where actor_id != kin_actor_id
        union
        select actor_id, kin_actor_id,
        from told_as_country
        where actor_id != kin_actor_id
    )

select *
from final
