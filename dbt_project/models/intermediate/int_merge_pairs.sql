-- Candidate pairs: mentions that meet under one blocking key. All pairs are never formed. Each key
-- belongs to a block, named for the reason the two are worth comparing; in a block with drivers a pair
-- needs at least one of them.
with
    mentions as (select * from {{ ref('int_merge_mentions') }}),

    in_article as (
        select *, count(*) over (partition by article_id, merge_family) as family_size, from mentions
    ),

    -- The days on which the event may lie: its own dates, or, for undated news, the days around its
    -- publication.
    ranged as (
        select
            *,
            case
                when date_rank < 4
                then date_from - 7
                when is_lede
                then published_date - 60
                else published_date - 14
            end as days_from,
            case
                when date_rank < 4
                -- A range of years would give keys without end.
                then least(date_to, date_from + 1200) + 7
                when is_lede
                then published_date + 30
                else published_date + 14
            end as days_to,
        from mentions
        where date_rank < 4 or (published_date is not null and not is_background)
    ),

    by_month as (
        select mention_id, article_id, merge_family, actor_ids, unnest(months) as month_start,
        from
            (
                select
                    *,
                    range(
                        date_trunc('month', days_from), cast(days_to + 1 as timestamp), interval 1 month
                    ) as months,
                from ranged
            )
    ),

    by_amount as (
        select
            mention_id,
            article_id,
            merge_family,
            actor_ids,
            regulating_ids,
            date_rank,
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

    -- Two principals together are rare enough to compare their undated mentions, and to log what lies
    -- months apart.
    by_two as (
        select
            mention_id,
            article_id,
            merge_family,
            date_from,
            date_rank,
            first_id,
            unnest(list_filter(principal_ids, lambda id:id > first_id)) as second_id,
        from
            (
                select *, unnest(principal_ids) as first_id,
                from mentions
                where len(principal_ids) between 2 and 8
            )
    ),

    keys as (
        select
            'article' as block,
            concat_ws('|', article_id, merge_family) as block_key,
            mention_id,
            true as is_driver,
        from in_article
        where family_size <= 100
        union all
        -- A page with very many acts of one kind: compare neighbours and those who share a party only.
        select
            'article' as block,
            concat_ws(
                '|',
                article_id,
                merge_family,
                unnest([floor(sentence_number / 2), -1 - floor((sentence_number + 1) / 2)])
            ),
            mention_id,
            true,
        from in_article
        where family_size > 100
        union all
        select
            'article' as block, concat_ws('|', article_id, merge_family, unnest(actor_ids)), mention_id, true,
        from in_article
        where family_size > 100
        union all
        select
            'dates' as block,
            concat_ws('|', merge_family, strftime(month_start, '%Y-%m'), unnest(actor_ids)),
            mention_id,
            true,
        from by_month
        union all
        select
            'ledes' as block,
            concat_ws('|', merge_family, unnest(actor_ids)),
            mention_id,
            date_rank = 4 and published_date is null,
        from mentions
        where is_lede and not is_background
        union all
        select 'parties' as block, concat_ws('|', merge_family, first_id, second_id), mention_id, true,
        from by_two
        where date_rank = 4
        union all
        select
            'look-alikes' as block,
            concat_ws('|', merge_family, first_id, second_id, unnest([half_year, half_year + 1])),
            mention_id,
            true,
        from
            (
                select
                    *,
                    year(date_from) * 2 + cast(month(date_from) > 6 as integer) as half_year,
                    count(*) over (partition by merge_family, first_id, second_id) as pair_size,
                from by_two
                where date_rank < 4
            )
        -- These are only ever logged as near misses; a pair of names that is always in the news is not
        -- worth the log.
        where pair_size <= 40
        union all
        select
            'amounts' as block,
            concat_ws('|', merge_family, unnest(actor_ids), amount_unit, amount_cell),
            mention_id,
            date_rank = 4,
        from by_amount
        where date_rank = 4
        union all
        select
            'amounts' as block,
            concat_ws('|', merge_family, '@' || unnest(regulating_ids), amount_unit, amount_cell),
            mention_id,
            len(actor_ids) = 0,
        from by_amount
        union all
        select 'copies' as block, concat_ws('|', merge_family, original_article_id), mention_id, true,
        from mentions
        where
            original_article_id
            in (select original_article_id from mentions group by all having count(distinct article_id) > 1)
    ),

    met as (
        select
            least(drivers.mention_id, others.mention_id) as mention_id_a,
            greatest(drivers.mention_id, others.mention_id) as mention_id_b,
            drivers.block,
        from keys as drivers
        inner join
            keys as others
            on drivers.block = others.block
            and drivers.block_key = others.block_key
            and drivers.mention_id != others.mention_id
            and (drivers.mention_id < others.mention_id or not others.is_driver)
        where drivers.is_driver
    ),

    final as (
        select
            mention_id_a,
            mention_id_b,
            array_to_string(list_sort(list_distinct(list(block))), ', ') as blocks,
        from met
        group by mention_id_a, mention_id_b
    )

select *
from final
