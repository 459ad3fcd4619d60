"""Claims about HTML pages: raw offsets through markup and entities, what is dropped, titles and dates."""

from __future__ import annotations

from datetime import date

import pytest
from effort import is_linear

from pipelines.ingest.article import Article, Document, MappedText
from pipelines.ingest.articles import split_articles
from pipelines.ingest.html_reader import looks_like_html
from pipelines.ingest.markup import parse

LAKE = (
    "The finance ministry of Lakeland said on Monday that it will license custodians of digital assets "
    "from next year, "
    "after a consultation in which forty firms took part and most of them asked for clear rules on "
    "reserves and audits."
)
RIVER = (
    "Officials said the first licences would go to banks that already hold securities for their customers, "
    "while smaller "
    "firms must wait until the supervisor has written guidance on staking, on lending and on foreign "
    "subcontractors."
)
TITLE = "Lakeland to license custodians of digital assets"


def document(text: str) -> Document:
    return Document("e" * 16, "page.html", len(text), "utf-8", "text/html", text)


def read(text: str) -> list[Article]:
    return split_articles(document(text))[0]


def texts(article: Article) -> list[tuple[str, str]]:
    return [(block.block_type, block.text.text) for block in article.blocks]


def raw_of(page: str, article: Article, words: str) -> str:
    """The raw characters behind some words of a block."""
    for block in article.blocks:
        place = block.text.text.find(words)
        if place >= 0:
            start, end = block.text.raw_span(place, place + len(words))
            return page[start:end]
    raise AssertionError(f"{words!r} is in no block")


def test_every_word_keeps_its_raw_offset_through_tags_and_entities() -> None:
    page = (
        f"<html><body><article><h1>{TITLE}</h1><p>The <b>minister&rsquo;s</b> plan &amp; the <a "
        f"href='x'>bank&#8217;s</a>\n"
        f"   reply&nbsp;came &#x20AC;40 late. {LAKE}</p><p>{RIVER}</p></article></body></html>"
    )
    (article,) = read(page)
    assert article.blocks[1].text.text.startswith("The minister’s plan & the bank’s reply came €40 late.")
    assert raw_of(page, article, "minister’s plan") == "minister&rsquo;s</b> plan"
    assert raw_of(page, article, "plan & the") == "plan &amp; the"
    assert raw_of(page, article, "bank’s reply") == "bank&#8217;s</a>\n   reply"
    assert raw_of(page, article, "reply came") == "reply&nbsp;came"
    assert raw_of(page, article, "€40") == "&#x20AC;40"
    assert raw_of(page, article, "’") == "&rsquo;"


def test_furniture_of_the_page_is_dropped() -> None:
    page = f"""<html><head><title>{TITLE} | Newsdesk</title><style>p {{ color: red }}</style></head><body>
    <header><a href="/">Newsdesk of the lake</a></header><nav><ul><li>Markets and prices</li></ul></nav>
    <main><article><h1>{TITLE}</h1><script>var words = "hidden words";</script><p>{LAKE}</p>
    <aside><h3>Another story</h3><p>Something else that is told elsewhere.</p></aside>
    <div class="related-posts"><a href="/x">A third story of the week</a></div>
    <div style="display: none">Hidden words.</div><p>{RIVER}</p><form>Your name please</form></article></main>
    <footer>Imprint of the lake</footer></body></html>"""
    (article,) = read(page)
    assert texts(article) == [("title", TITLE), ("paragraph", LAKE), ("paragraph", RIVER)]


def test_headings_lists_and_line_breaks_make_blocks() -> None:
    page = (
        f"<article><h1>{TITLE}</h1><p>{LAKE}</p><h2>What banks must do</h2><ul><li>Keep <i>all</i> keys at "
        f"home.</li>"
        f"<li><p>Tell the supervisor.</p></li></ul><div>{RIVER}<br>More is to come.</div></article>"
    )
    (article,) = read(page)
    assert texts(article)[1:] == [
        ("paragraph", LAKE),
        ("heading", "What banks must do"),
        ("list_item", "Keep all keys at home."),
        ("list_item", "Tell the supervisor."),
        ("paragraph", RIVER),
        ("paragraph", "More is to come."),
    ]


def page_with(head: str = "", inside: str = "") -> str:
    return (
        f"<html><head>{head}</head><body><article><h1>{TITLE}</h1>{inside}<p>{LAKE}</p><p>{RIVER}</p>"
        f"</article></body></html>"
    )


@pytest.mark.parametrize(
    ("page", "rule", "written"),
    [
        (
            page_with(
                '<script type="application/ld+json">'
                '{"@graph":[{"@type":"NewsArticle","datePublished":"2024-02-03T04:05:06Z"}]}</script>'
            ),
            "json_ld",
            "2024-02-03T04:05:06Z",
        ),
        (
            page_with('<meta property="article:published_time" content="2024-02-03T10:00:00+09:00">'),
            "meta_tag",
            "2024-02-03T10:00:00+09:00",
        ),
        (page_with('<meta content="2024-02-03" name="date">'), "meta_tag", "2024-02-03"),
        (
            page_with(inside='<time datetime="2024-02-03T00:00">today</time>'),
            "time_element",
            "2024-02-03T00:00",
        ),
        (page_with(inside="<time>3 February 2024</time>"), "time_element", "3 February 2024"),
        (
            page_with(inside="<p>By Ada Brook | February 3, 2024</p>"),
            "date_line_after_title",
            "February 3, 2024",
        ),
        (
            page_with(
                inside='<time class="updated" datetime="2024-02-09">x</time><time datetime="2024-02-03">y</time>'
            ),
            "time_element",
            "2024-02-03",
        ),
        # The page that holds the article, its address, and a box of the template below the headline.
        (
            page_with('<script type="application/ld+json">{"@type":"WebPage","datePublished":"2024-02-03"}</script>'),
            "json_ld",
            "2024-02-03",
        ),
        (page_with('<link rel="canonical" href="https://h.example/2024/02/03/x">'), "address", "2024/02/03"),
        (
            f"<h1>{TITLE}</h1><span>By Ada | 3rd February 2024</span><div><p>{LAKE}</p><p>{RIVER}</p></div>",
            "date_line_beside",
            "3rd February 2024",
        ),
    ],
)
def test_date_of_publication_is_found(page: str, rule: str, written: str) -> None:
    (article,) = read(page)
    assert (article.published, article.published_rule) == (date(2024, 2, 3), rule)
    assert article.published_span is not None
    assert page[slice(*article.published_span)] == written


@pytest.mark.parametrize(
    "page",
    [
        page_with(),
        page_with('<meta property="article:modified_time" content="2024-02-03">'),
        page_with('<script type="application/ld+json">{"@type":"Event","datePublished":"2024-02-03"}</script>'),
        page_with('<script type="application/ld+json">{"@type":"NewsArticle", broken</script>'),
        page_with('<meta property="article:published_time" content="soon">'),
        page_with(inside="<p>The law of February 3, 2024 is void.</p>"),
        page_with() + '<aside><time datetime="2024-02-03">x</time></aside>',
        # The day of the visit, of an event, of another page, of a comment.
        f"<body><div>Sunday, February 3, 2024</div><h1>{TITLE}</h1><div><p>{LAKE}</p><p>{RIVER}</p></div></body>",
        page_with(inside='<p>Event: <time datetime="2024-02-03">3 Feb</time></p>'),
        page_with()
        + '<ul><li><a href="x">Old rules end in Hillmark</a> <time datetime="2024-02-03">x</time></li></ul>',
        page_with() + '<h4>Comments</h4><p>Bob <time datetime="2024-02-03">x</time></p>',
        page_with('<link rel="alternate" href="https://h.example/2024/02/03/x">'),
    ],
)
def test_date_of_publication_is_not_made_up(page: str) -> None:
    (article,) = read(page)
    assert (article.published, article.published_rule, article.published_span) == (None, None, None)


def test_title_comes_from_the_metadata_where_the_page_has_no_h1() -> None:
    page = (
        f'<html><head><meta property="og:title" content="Lakeland&#39;s plan for custodians - '
        f'Newsdesk"></head><body><p>{LAKE}</p><p>{RIVER}</p></body></html>'
    )
    (article,) = read(page)
    assert article.title == "Lakeland's plan for custodians"
    assert raw_of(page, article, "Lakeland's") == "Lakeland&#39;s"


def test_h1_of_the_site_is_not_the_title() -> None:
    page = (
        f"<html><head><title>{TITLE} - Newsdesk</title></head><body><h1>The Daily Newsdesk of Lakeport</h1>"
        f"<div><h2>{TITLE}</h2><p>{LAKE}</p><p>{RIVER}</p></div></body></html>"
    )
    assert [article.title for article in read(page)] == [TITLE]


def test_page_of_several_articles_gives_each_of_them() -> None:
    first = f'<article><h2>{TITLE}</h2><time datetime="2024-02-03">x</time><p>{LAKE}</p><p>{RIVER}</p></article>'
    second = (
        '<article><h2>Hillmark starts trial of a token</h2><time datetime="2024-02-01">x</time>'
        f"<p>{RIVER}</p><p>{LAKE}</p></article>"
    )
    page = f"<main>{first}{second}</main>"
    assert [(article.title, article.published) for article in read(page)] == [
        (TITLE, date(2024, 2, 3)),
        ("Hillmark starts trial of a token", date(2024, 2, 1)),
    ]


def test_cards_of_other_articles_are_not_articles() -> None:
    cards = "".join(
        f"<article><h3>Card number {number}</h3>"
        "<p>Some words of the start of another story that goes on and on …</p></article>"
        for number in range(9)
    )
    (article,) = read(
        f"<main><article><h1>{TITLE}</h1><p>{LAKE}</p><p>{RIVER}</p><p>{LAKE} Twice.</p></article>{cards}</main>"
    )
    assert article.title == TITLE
    assert "Card" not in " ".join(text for _, text in texts(article))


# A correction or a brief in an element of its own has the date of the page; a card of another page is no story of it.
@pytest.mark.parametrize(
    ("beside", "count"),
    [
        ("<article><h2>Correction</h2><p>{}</p></article>", 2),
        ("<article><h2><a href='/x'>Correction</a></h2><p>{}</p></article>", 1),
        ("<article class='post-card'><h2>Correction</h2><p>{}</p></article>", 1),
        ("<div><article><h2>Correction</h2><p>{}</p></article></div>", 1),
        ("<article><h2>Correction</h2><p>{} …</p></article>", 1),
        ("<article><p>{}</p></article>", 1),
    ],
)
def test_short_article_beside_the_main_one_is_read_where_it_is_whole(beside: str, count: int) -> None:
    brief = "A report of Monday misstated what the ministry is to pay. It was forty, not fifty crowns."
    page = (
        f'<html><head><meta property="article:published_time" content="2024-02-03"></head><body><main><article>'
        f"<h1>{TITLE}</h1><p>{LAKE}</p><p>{RIVER}</p></article>{beside.format(brief)}</main></body></html>"
    )
    assert [article.published for article in read(page)] == [date(2024, 2, 3)] * count


@pytest.mark.parametrize(
    ("above", "published"),
    [
        ('<p class="dateline">February 3, 2024</p>', date(2024, 2, 3)),
        ('<div class="date">3 February 2024</div><p>Custody</p>', date(2024, 2, 3)),
        ("<p>Law | 3 February 2024, 10:15</p>", date(2024, 2, 3)),
        ("<p>Law</p>", None),
        ("<p>From 3 February 2024</p>", None),
        ("<p>3 February 2024</p><p>Home</p><p>Custody</p><p>Law</p>", None),
    ],
)
def test_date_right_above_the_headline_dates_the_article(above: str, published: date | None) -> None:
    (article,) = read(f"<html><body>{above}<h1>{TITLE}</h1><p>{LAKE}</p><p>{RIVER}</p></body></html>")
    assert (article.title, article.published) == (TITLE, published)


STORIES = (
    (TITLE, "2024-02-03", "3 Feb", f"{LAKE} {RIVER}"),
    ("Hillmark starts a trial", "2024-02-01", "Thursday", f"{RIVER} {LAKE}"),
)


# Templates that never heard of `article`: boxes alike, headings in a row; the year stands in the markup alone.
@pytest.mark.parametrize(
    ("box", "around"),
    [
        ('<div class="story"><h2>{0}</h2><time datetime="{1}">{2}</time><p>{3}</p></div>', "{}"),
        ("<section><h3>{0}</h3><p>{1}</p><p>{3}</p></section>", "{}"),
        ('<div><p>By Ada Brook, <time datetime="{1}">{2}</time></p><h2>{0}</h2><p>{3}</p></div>', "<main>{}</main>"),
        ("<li><h2>{0}</h2><p>{1}</p><p>{3}</p></li>", "<ul>{}</ul>"),
        ("<tr><td><h3>{0}</h3><span>{1}</span><p>{3}</p></td></tr>", "<table>{}</table>"),
        ("<h1>{0}</h1><p><em>Updated {1}</em></p><p>{3}</p>", "{}"),
        ("<h2>{0}</h2><abbr class='published' title='{1}'>{2}</abbr><p>{3}</p>", "<main>{}</main>"),
        ("<h2>{0}</h2><span itemprop='datePublished' content='{1}'>{2}</span><p>{3}</p>", "<main>{}</main>"),
    ],
)
def test_stories_of_one_page_keep_their_own_dates(box: str, around: str) -> None:
    page = f"<html><body>{around.format(''.join(box.format(*story) for story in STORIES))}</body></html>"
    assert [(article.title, str(article.published)) for article in read(page)] == [story[:2] for story in STORIES]


# The date of a page is an undated story's only where no other story shows another date.
@pytest.mark.parametrize(("meta", "second"), [("", None), ("2024-02-03", "2024-02-03"), ("2024-04-01", None)])
def test_undated_story_takes_no_date_of_its_neighbour(meta: str, second: str | None) -> None:
    page = (
        f"<html><head><meta name='date' content='{meta}'></head><body><article><h2>{TITLE}</h2>"
        f"<time datetime='2024-02-03'>x</time><p>{LAKE}</p><p>{RIVER}</p></article>"
        f"<article><h2>Hillmark starts a trial</h2><p>{RIVER}</p><p>{LAKE}</p></article></body></html>"
    )
    assert [article.published and str(article.published) for article in read(page)] == ["2024-02-03", second]


@pytest.mark.parametrize(
    "inside",
    [
        "<p>On <time datetime='2024-02-03'>3 February</time> the ministry spoke to the banks, and they said no.</p>",
        "<div class='comments'><time datetime='2024-02-03'>x</time><p>I say no.</p></div>",
    ],
)
def test_time_of_an_event_or_a_comment_is_no_date_of_the_page(inside: str) -> None:
    (article,) = read(f"<html><body><h1>{TITLE}</h1>{inside}<p>{LAKE}</p><p>{RIVER}</p></body></html>")
    assert article.published is None


# Sections of one article are alike too, but have no dates of their own.
def test_sections_of_an_article_are_no_articles() -> None:
    sections = "".join(f"<section><h2>{name}</h2><p>{LAKE}</p></section>" for name in ("Who is first", "Who waits"))
    (article,) = read(f"<html><body><h1>{TITLE}</h1><p>3 February 2024</p>{sections}</body></html>")
    assert (article.title, article.published) == (TITLE, date(2024, 2, 3))


def test_page_that_names_no_article_is_read_by_its_paragraphs() -> None:
    links = "".join(
        f"<div><a href='/{number}'>Link {number} to another place of this site</a></div>" for number in range(30)
    )
    page = (
        f"<html><head><title>{TITLE}</title></head><body><div>{links}</div><div><div><p>{LAKE}</p>"
        f"<p>{RIVER}</p></div></div></body></html>"
    )
    (article,) = read(page)
    assert texts(article)[1:] == [("paragraph", LAKE), ("paragraph", RIVER)]


def test_teasers_in_text_pages_do_not_hide_a_page_with_a_wrong_suffix() -> None:
    (article,) = split_articles(document(f"<!DOCTYPE html><html><body><p>{LAKE}</p><p>{RIVER}</p></body></html>"))[0]
    assert texts(article) == [("paragraph", LAKE), ("paragraph", RIVER)]


@pytest.mark.parametrize(
    "page",
    [
        "<p>{a}<p>{b}",
        "<div><p>{a}</div></div></p><p>{b}</p></span>",
        "<p>{a}</p><!-- never closed? --><p>{b}</p><!-- <p>x</p>",
        "<p class=x data-y='>'>{a}</p><p title=\"a > b\">{b}</p>",
        "<P>{a}</P><BR/><P>{b}</P>",
        "<ul><li>{a}<li>{b}</ul>",
        "<table><tr><td>{a}<td>{b}</table>",
        "<p>{a}</p>\n<unknown-tag><p>{b}</p></unknown-tag>",
    ],
)
def test_sloppy_markup_is_read(page: str) -> None:
    (article,) = read(page.format(a=LAKE, b=RIVER))
    assert [text for _, text in texts(article)] == [LAKE, RIVER]


def test_less_than_signs_in_text_are_text() -> None:
    (article,) = read(f"<p>Fees of <2% and a <b>bold</b> 3 < 4 claim. {LAKE}</p><p>{RIVER}</p>")
    assert texts(article)[0][1].startswith("Fees of <2% and a bold 3 < 4 claim.")


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        "<a '",
        "<!--",
        "<p>x",
        "</p>",
        "<b><i>",
        "&#",
        "<li>",
        '<a "',
        "<script>",
        "<title>",
        "<",
        '<a "x>"',
        "<a b='",
    ],
)
def test_hostile_markup_is_read_in_linear_time(unit: str) -> None:
    assert is_linear(lambda text: parse(MappedText.of(text)), unit, 60_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One</p><p>Two</p>", True),
        ("a <br> b <br/> c <br> d", True),
        ("1 < 2 and 3 > 2", False),
        ("plain words", False),
    ],
)
def test_looks_like_html(text: str, expected: bool) -> None:
    assert looks_like_html(text) is expected


# The rows of a table that begin with a date are stories; without dates they are a table.
@pytest.mark.parametrize(("days", "count"), [(("2024-02-03", "2024-02-05"), 2), (("Lake", "River"), 1)])
def test_rows_of_a_table_are_stories_where_they_are_dated(days: tuple[str, str], count: int) -> None:
    rows = zip(
        days,
        (f"<b>{TITLE}</b><br>{LAKE} {LAKE}", f"<b>Hillmark asks its banks to wait</b><br>{RIVER} {RIVER}"),
        strict=True,
    )
    page = "".join(f"<tr><td>{day}</td><td>{told}</td></tr>" for day, told in rows)
    articles = read(f"<body><p>Archive</p><table>{page}</table></body>")
    assert [str(article.published) for article in articles] == (list(days) if count == 2 else ["None"])
