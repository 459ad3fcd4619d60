"""Of the dates in a sentence an act takes the one it stands by, however the detector marked them."""

from datetime import date

import pytest

from pipelines.extract.act import Act
from pipelines.extract.act_dates import dates_of
from pipelines.extract.candidate import WHEN, Argument, Candidate
from pipelines.extract.parse import language
from tests.unit.extract.test_extractor import article

PUBLISHED = date(2025, 5, 28)


def date_of(text: str, word: str, *marked: str, status: str = "occurred", ahead: bool = False) -> str:
    """First day and precision of the act told by a word of a sentence, with the phrases marked as its date."""
    doc = language()(text)
    start = text.index(word)
    when = tuple(Argument(WHEN, text.index(phrase), text.index(phrase) + len(phrase)) for phrase in marked)
    kind = "enforcement"
    candidate = Candidate(0, start, start + len(word), kind, None, status, "", ahead, False, when, 0.9, "")
    span = doc.char_span(start, start + len(word), alignment_mode="expand")
    assert span is not None
    act = Act(candidate, span.root, span.root.sent, 0, [])
    page = article(text, published=PUBLISHED, published_span=(0, 1))
    (found,) = dates_of([act], page, [doc])
    return f"{found.resolved.day} {found.resolved.precision}" if found is not None and found.resolved else ""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("SOFIA, 28 May 2025 - Police in Ruritania searched the offices of Bright Chain on Tuesday.", "2025-05-27 day"),
        ("SOFIA, 28 May 2025 (Newswire) - Police searched the offices of Bright Chain on Tuesday.", "2025-05-27 day"),
        ("28 May 2025 · Police in Ruritania searched the offices of Bright Chain on Tuesday.", "2025-05-27 day"),
        # A place in capitals makes a dateline of any day.
        ("SOFIA, 27 May 2025 - Police searched the offices of Bright Chain on Monday.", "2025-05-26 day"),
        # Not the day of publication: a day of the act.
        ("On 20 May 2025 - a Tuesday - police searched the offices of Bright Chain.", "2025-05-20 day"),
    ],
)
def test_the_day_of_a_dateline_dates_no_act(text: str, wanted: str) -> None:
    marked = next(day for day in ("28 May 2025", "27 May 2025", "20 May 2025") if day in text)
    assert date_of(text, "searched", marked) == wanted


@pytest.mark.parametrize(
    ("text", "word", "marked", "wanted"),
    [
        ("Bright Chain said on Monday that police had raided its offices.", "raided", "on Monday", "2025-05-26 week"),
        ("Police raided Bright Chain on Monday, the bank said.", "raided", "on Monday", "2025-05-26 day"),
        # What comes after what is dated.
        ("Trade resumed in March after the firm paid a fine.", "paid", "in March", ""),
        ("Trade resumed after the firm paid a fine in March.", "paid", "in March", "2025-03-01 month"),
        # A date that opens the sentence holds for all that one party then does, and for nobody else's act.
        ("In March the firm pleaded guilty in Ruritania and agreed to pay a fine.", "agreed", "", "2025-03-01 month"),
        ("In March the firm pleaded guilty and a judge fined its founder.", "fined", "", ""),
        # A listing that was to be, and one that was.
        ("Its listing, once planned for late 2024, was called off.", "called", "for late 2024", ""),
        ("Its listing was called off first in May 2024.", "called", "in May 2024", "2024-05-01 month"),
        # Two dates, and the mark on one.
        (
            "Police raided the firm in March and in April a judge jailed its founder.",
            "jailed",
            "in April",
            "2025-04-01 month",
        ),
        # A date told exactly goes before a count of years.
        (
            "Six years ago to the day, on 27 May 2019, police raided Bright Chain.",
            "raided",
            "Six years ago to the day",
            "2019-05-27 day",
        ),
    ],
)
def test_an_act_takes_the_date_it_stands_by(text: str, word: str, marked: str, wanted: str) -> None:
    assert date_of(text, word, marked) == wanted


@pytest.mark.parametrize(
    ("text", "word", "marked", "wanted"),
    [
        # What an act undoes, or is done to, came about at another time ...
        ("The bank lifted its ban of August 2022 on Bright Chain.", "lifted", "August 2022", ""),
        ("The bank shelved its coin, a project begun in March 2023.", "shelved", "March 2023", ""),
        ("The bank extended its ban, first imposed in May 2022, on Bright Chain.", "extended", "May 2022", ""),
        ("The firm was fined last month; police raided its office.", "raided", "last month", ""),
        # ... but what it makes has its date, and so has what is told of whom it is done to.
        ("Courts eased the ban of August 2022 on Bright Chain.", "ban", "August 2022", "2022-08-01 month"),
        ("Police held a man suspected of fraud in March 2023.", "held", "March 2023", "2023-03-01 month"),
        ("In May police raided the firm; the bank fined it.", "fined", "In May", "2025-05-01 month"),
        # An act has the date of that by which it was done.
        ("A circular of early 2021 by which the bank cut off the trade is gone.", "cut", "", "2021-01-01 quarter"),
        ("A circular of early 2021 that the bank cut short is gone.", "cut", "", ""),
        # A time that ends with an act, and a state with its first day.
        ("The bank had banned coins until June last year, when it lifted it.", "lifted", "", "2024-06-01 month"),
        ("The bank had lifted nothing until June last year.", "lifted", "", ""),
        ("Ivo Brand has led Bright Chain since March.", "led", "", "2025-03-01 month"),
        ("Police have arrested ten traders since March.", "arrested", "", ""),
        # A verb goes on with what another began, unless it says later.
        ("Brand was held in March and put behind bars.", "put", "", "2025-03-01 month"),
        ("Brand was held in March and later put behind bars.", "put", "", ""),
        ("The same day the bank fined it, while police raided it.", "raided", "", ""),
        ("On 5 May the bank fined it, while police raided it.", "raided", "", "2025-05-05 day"),
        # A year is that of a month after it, not of what the sentence goes on to.
        ("In April the firm was fined for lapses in 2023.", "fined", "In April", "2025-04-01 month"),
        ("As it found out last year: the raid was ordered on March 25.", "ordered", "March 25", "2024-03-25 day"),
        ("As it found out: the raid was ordered on March 25.", "ordered", "March 25", "2025-03-25 day"),
    ],
)
def test_what_hangs_on_another_thing_dates_that(text: str, word: str, marked: str, wanted: str) -> None:
    assert date_of(text, word, *([marked] if marked else [])) == wanted


def test_a_date_marked_in_part_yields_to_one_marked_in_full() -> None:
    text = (
        "Earlier in the year the minister had accused Bright Chain, following which the regulator directed telecoms to"
        " block its site in February."
    )
    assert date_of(text, "directed", "in the year", "in February") == "2025-02-01 month"


def test_of_two_marked_dates_the_one_in_the_clause_of_the_act_wins() -> None:
    text = "From Monday, firms in Ruritania work under the rules that the bank imposed in November."
    assert date_of(text, "imposed", "Monday", "in November") == "2024-11-01 month"


def test_a_date_of_what_an_act_came_after_is_not_its_own() -> None:
    text = "One week after the searches of 3 March 2025 Bright Chain agreed to pay a fine of 2 million euros."
    assert date_of(text, "pay", "3 March 2025") == ""


def test_a_word_shared_with_another_date_marks_none() -> None:
    text = "Zhu, who was held at the end of March and put behind bars, was questioned last week."
    assert date_of(text, "put", "last") == "2025-03-01 month"


@pytest.mark.parametrize(
    ("text", "word", "marked", "wanted"),
    [
        # A plan is not dated by the fine it answers, nor by when it was told of ...
        ("Bright Chain will fight the fine that the bank imposed on 20 May.", "fight", "on 20 May", ""),
        ("The bank said on Monday that it would fine Bright Chain.", "fine", "on Monday", ""),
        ("The bank imposed a fine on Monday that Bright Chain will fight.", "fight", "on Monday", ""),
        # ... but by the day it is set for.
        ("Bright Chain could be fined at the July 4 meeting.", "fined", "July 4", "2025-07-04 day"),
        ("The bank wants the fine paid by 4 July.", "fine", "by 4 July", "2025-07-04 day"),
        ("A fine was pencilled in for 4 January.", "fine", "4 January", "2026-01-04 day"),
        ("A fine is promised for the first quarter.", "fine", "the first quarter", "2026-01-01 quarter"),
    ],
)
def test_a_plan_is_dated_by_the_day_it_is_for(text: str, word: str, marked: str, wanted: str) -> None:
    assert date_of(text, word, marked, status="announced", ahead=True) == wanted


def test_a_plan_told_in_the_pluperfect_lies_behind() -> None:
    text = "The bank had first proposed in June to ban the coin."
    assert date_of(text, "proposed", "in June", status="proposed", ahead=True) == "2024-06-01 month"
    text = "The bank proposes in June to ban the coin."
    assert date_of(text, "proposes", "in June", status="proposed", ahead=True) == "2025-06-01 month"


@pytest.mark.parametrize(
    ("text", "word", "status", "wanted"),
    [
        ("Bright Chain said on Monday that it was leaving the market.", "leaving", "occurred", "2025-05-26 week"),
        ("Bright Chain said on Monday that it was leaving the market.", "leaving", "ongoing", ""),
        ("A paper said on Monday that Bright Chain is leaving.", "leaving", "rumored", ""),
        ("A paper said on Monday that Bright Chain has been banned.", "banned", "rumored", "2025-05-26 week"),
    ],
)
def test_only_what_was_done_is_dated_by_its_report(text: str, word: str, status: str, wanted: str) -> None:
    assert date_of(text, word, "on Monday", status=status) == wanted


def test_what_is_to_be_is_dated_ahead() -> None:
    text = "On Friday the firms are to get the licence, a person close to one of them said."
    assert date_of(text, "get", "Friday", status="rumored") == "2025-05-30 day"


def test_what_may_come_is_dated_ahead_of_its_rumour() -> None:
    text = "A fine could be imposed at the July 4 meeting, people close to the bank said."
    assert date_of(text, "imposed", "July 4", status="rumored") == "2025-07-04 day"


def test_what_is_told_in_the_present_may_be_dated_in_the_past() -> None:
    text = "Resolution 82, adopted on Tuesday, repeals the ban."
    assert date_of(text, "repeals", "on Tuesday") == "2025-05-27 day"


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("Police have raided the offices of Bright Chain.", "raided", "2025-05-28 week"),
        ("In our last issue we wrote that police had raided Bright Chain.", "raided", ""),  # no news of today
        ("Police have raided Bright Chain, two weeks after the bank fined it.", "raided", "2025-05-28 week"),
        ("Police have raided Bright Chain, two weeks after the bank fined it.", "fined", "2025-05-14 week"),
        ("Police have raided Bright Chain, two and a half years after the bank fined it.", "fined", ""),
        ("Police have raided Bright Chain over last week's theft.", "raided", "2025-05-28 week"),
        ("Police have raided Bright Chain for the second time this year.", "raided", "2025-05-28 week"),
        ("Police have raided Bright Chain for weeks.", "raided", ""),
        ("Police are raiding Bright Chain.", "raiding", ""),
    ],
)
def test_only_what_has_just_happened_is_dated_by_its_publication(text: str, word: str, wanted: str) -> None:
    assert date_of(text, word) == wanted


@pytest.mark.parametrize(
    ("text", "ahead", "wanted"),
    [
        ("In July 2022 police raided the firm. They closed it at the end of the month.", False, "2022-07-01 month"),
        ("In July 2022 police raided the firm. They close it at the end of the month.", True, "2025-05-01 month"),
    ],
)
def test_the_month_is_that_of_the_date_before_or_of_the_publication(text: str, ahead: bool, wanted: str) -> None:
    word = "close it" if ahead else "closed it"
    status = "ongoing" if ahead else "occurred"
    assert date_of(text, word, "at the end of the month", status=status, ahead=ahead) == wanted


def test_a_helping_verb_stands_in_the_clause_of_its_verb() -> None:
    assert date_of("The rise was voted a year ago with the budget.", "was", "") == "2024-01-01 year"
