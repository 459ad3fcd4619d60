{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        pre_hook=delete_rows_naming(['mention_key'], ['int_merge_changes'])
    )
}}

-- Blocking keys: two mentions are compared when they share one. Each key belongs to a block, named
-- for the reason the two are worth comparing; of two mentions that share a key at least one must be
-- its driver.
with
    mentions as (
        select *
        from {{ ref('int_merge_mentions') }}
        where mention_key in (select mention_key from {{ ref('int_merge_changes') }})
    ),

    -- The days on which the event may lie: its own dates, or, for undated news, the days around its
    -- publication. A range of years would give keys without end.
    ranged as (
        select
            *,
            case
                when date_rank = 1
                then date_from - 3
                when date_rank < 4
                then date_from - 7
                else published_date - 60
            end as days_from,
            case
                when date_rank = 1
                then date_to + 3
                when date_rank < 4
                then least(date_to, date_from + 1200) + 7
                else published_date + 14
            end as days_to,
        from mentions
        where date_rank < 4 or (published_date is not null and not is_background)
    ),

    -- Exact days and undated news meet each other in cells of sixteen days; coarse dates meet everything in
    -- months.
    timed as (
        select
            mention_id,
            'days' as block,
            true as is_driver,
            unnest(
                range(
                    cast(floor((days_from - date '1970-01-01') / 16) as integer),
                    cast(floor((days_to - date '1970-01-01') / 16) as integer) + 1
                )
            ) as time_cell,
        from ranged
        where date_rank in (1, 4)
        union all
        select
            mention_id,
            'months' as block,
            date_rank in (2, 3) as is_driver,
            unnest(
                range(year(days_from) * 12 + month(days_from), year(days_to) * 12 + month(days_to) + 1)
            ) as time_cell,
        from ranged
    ),

    -- A person goes by the last name in many articles.
    names as (
        select
            mention_id,
            list_transform(
                list_filter(actor_ids, lambda id:list_contains(person_ids, id) or not contains(id, '-')),
                lambda id:'~' || split_part(id, '-', -1)
            ) as last_names,
        from mentions
    ),

    parties as (
        select mention_id, unnest(list_distinct(actor_ids || last_names || private_kin_ids)) as actor_id,
        from mentions
        inner join names using (mention_id)
        union all
        -- What names nobody is told of somebody the article is about.
        select mention_id, unnest(context_ids) as actor_id,
        from mentions
        where
            len(private_ids) = 0
            and len(context_ids) between 1 and 6
            and date_rank < 3
            and event_type not in ('statement', 'criticism')
    ),

    -- A country acts, or nobody is named: whatever the bodies of the country do there and then may be it.
    -- A legislature goes by many names.
    countries as (
        select
            mention_id,
            len(body_ids) = 0 or list_contains(authority_kinds, 'legislature') as is_nominal,
            -- A body that does something to nobody in particular: near enough to look at within days.
            len(private_ids) = 0 as is_alone,
            unnest(country_ids) as country_id,
        from mentions
    ),

    -- Undated news may recall what happened up to two years before: to a person it names, or, in
    -- its country, to whom its article is about.
    years as (
        select
            mention_id,
            date_rank = 4 as is_driver,
            unnest(
                range(
                    case when date_rank = 4 then year(published_date) - 2 else year(date_from) end,
                    case
                        when date_rank = 4
                        then year(published_date)
                        else least(year(date_to), year(date_from) + 3)
                    end
                    + 1
                )
            ) as event_year,
        from mentions
        where date_rank < 4 or published_date is not null
    ),

    told_of as (
        select mention_id, actor_id as subject,
        from (select *, unnest(last_names) as actor_id, from mentions inner join names using (mention_id))
        union all
        -- It takes two to meet: what two countries do together is told by whoever stands for them.
        select mention_id, concat_ws('|', first_id, second_id) as subject,
        from
            (
                select
                    mention_id,
                    first_id,
                    unnest(list_filter(country_ids, lambda id:id > first_id)) as second_id,
                from
                    (
                        select *, unnest(country_ids) as first_id,
                        from mentions
                        where
                            len(country_ids) between 2 and 4
                            and event_type in ('meeting', 'agreement_signed', 'partnership')
                    )
            )
        union all
        select mention_id, concat_ws('|', country_id, actor_id) as subject,
        from
            (
                select
                    mention_id,
                    country_id,
                    unnest(
                        case
                            when date_rank = 4 and len(private_ids) = 0
                            then context_ids
                            else list_distinct(private_ids || private_kin_ids)
                        end
                    ) as actor_id,
                from (select *, unnest(country_ids) as country_id, from mentions)
            )
    ),

    sums as (
        select
            mention_id,
            actor_ids,
            list_distinct(actor_ids || context_ids) as subject_ids,
            regulating_ids,
            date_rank,
            date_from,
            date_to,
            amount.amount_unit as amount_unit,
            -- Two grids, half a step apart, so that near values share a cell of one of them.
            unnest(
                [
                    'a' || cast(floor(ln(abs(amount.amount_value)) * 5) as bigint),
                    'b' || cast(floor(ln(abs(amount.amount_value)) * 5 + 0.5) as bigint)
                ]
            ) as amount_cell,
        from (select *, unnest(amounts) as amount, from mentions)
        where amount.amount_value != 0
    ),

    -- Two principals together, one of them private, are rare enough to compare their undated
    -- mentions, and to log what lies months apart.
    twosomes as (
        select
            mention_id,
            date_rank,
            year(date_from) * 2 + cast(month(date_from) > 6 as integer) as half_year,
            first_id,
            unnest(list_filter(principal_ids, lambda id:id > first_id)) as second_id,
            private_ids,
        from
            (
                select *, unnest(principal_ids) as first_id,
                from mentions
                where len(principal_ids) between 2 and 8
            )
    ),

    keys as (
        select 'article' as block, article_id as block_key, mention_id, true as is_driver,
        from mentions
        where not is_crowded
        union all
        -- A page with very many acts of one kind: compare neighbours and those who share a party only.
        select
            'article',
            concat_ws(
                '|', article_id, unnest([floor(sentence_number / 2), -1 - floor((sentence_number + 1) / 2)])
            ),
            mention_id,
            true,
        from mentions
        where is_crowded
        union all
        select 'article', concat_ws('|', article_id, unnest(actor_ids)), mention_id, true,
        from mentions
        where is_crowded
        union all
        select timed.block, concat_ws('|', actor_id, time_cell), mention_id, is_driver,
        from timed
        inner join parties using (mention_id)
        union all
        select
            timed.block || ' of a country',
            concat_ws('|', country_id, time_cell),
            mention_id,
            is_driver and (is_nominal or (is_alone and timed.block = 'days')),
        from timed
        inner join countries using (mention_id)
        union all
        select 'ledes', unnest(actor_ids), mention_id, date_rank = 4 and published_date is null,
        from mentions
        where is_lede and not is_background
        union all
        select 'parties', concat_ws('|', first_id, second_id), mention_id, true,
        from twosomes
        where date_rank = 4
        union all
        -- These are only ever logged as near misses.
        select
            'look-alikes',
            concat_ws('|', first_id, second_id, unnest([half_year, half_year + 1])),
            mention_id,
            true,
        from twosomes
        where date_rank < 4 and list_has_any([first_id, second_id], private_ids)
        union all
        select
            'amounts',
            concat_ws('|', unnest(subject_ids), amount_unit, amount_cell),
            mention_id,
            date_rank = 4 or len(actor_ids) = 0,
        from sums
        union all
        select
            'amounts',
            concat_ws('|', '@' || unnest(regulating_ids), amount_unit, amount_cell),
            mention_id,
            len(actor_ids) = 0,
        from sums
        union all
        -- Whoever lost or raised it: one sum, one month.
        select
            'amounts',
            concat_ws(
                '|',
                unnest([year(date_from) * 12 + month(date_from), year(date_to) * 12 + month(date_to)]),
                amount_unit,
                amount_cell
            ),
            mention_id,
            len(actor_ids) = 0,
        from sums
        where date_rank < 3
        union all
        select 'told of', concat_ws('|', subject, event_year), mention_id, is_driver,
        from told_of
        inner join years using (mention_id)
        union all
        -- Undated words of an undated page may recall any year.
        select 'told of', subject, mention_id, is_dateless,
        from told_of
        inner join
            (
                select mention_id, date_rank = 4 and published_date is null as is_dateless, from mentions
            ) using (mention_id)
        union all
        select 'copies', original_article_id, mention_id, true,
        from mentions
        where has_copies
    ),

    final as (
        select
            mentions.mention_key,
            keys.block,
            hash(keys.block, mentions.act_kind, keys.block_key) as key_hash,
            bool_or(keys.is_driver) as is_driver,
        from keys
        inner join
            (select mention_id, mention_key, unnest(act_kinds) as act_kind, from mentions) as mentions
            on keys.mention_id = mentions.mention_id
        group by all
    )

select *
from final
