"""A small set of seeds, how to run the pipeline on it, and how to look at what a run left behind.

For the tests that need a whole pipeline; what such tests share for a session is in `conftest.py`.
"""

from __future__ import annotations

import io
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipelines import run as headless
from pipelines.display import Lines
from pipelines.settings import Settings

SEEDS = {
    "executive_order.txt": (
        "White House orders a review of digital assets\n\nMarch 9, 2022\n\n"
        # Pages are often pasted with the links of their Markdown.
        "President Joe Biden signed an [executive order](https://example.org/orders/14_067.html) on digital"
        " assets on March 9, 2022. The order"
        " directs the"
        " Treasury Department to report on the future of money and payment systems within 180 days."
        " Officials said"
        " that the order asks agencies to look at consumer protection, financial stability and illicit"
        " finance, and"
        " that the Federal Reserve is encouraged to go on with its research on a digital dollar.\n"
    ),
    "two_on_a_page.md": (
        "El Salvador makes bitcoin legal tender\n\nJune 9, 2021\n\n"
        "El Salvador's Legislative Assembly passed the Bitcoin Law on June 9, 2021. The law makes bitcoin"
        " legal"
        " tender in the country from September of the same year. President Nayib Bukele had announced the"
        " plan at a"
        " conference in Miami, and sixty-two of eighty-four deputies voted for it. Businesses must accept the"
        " currency when it is offered, unless they lack the technology to do so.\n\n"
        "Binance admits breaches of United States law\n\nNovember 21, 2023\n\n"
        "Binance agreed to pay 4.3 billion dollars to the US Department of Justice on November 21, 2023."
        " Changpeng"
        " Zhao stepped down as chief executive of the exchange on the same day and pleaded guilty in a"
        " court in"
        " Seattle. Richard Teng was appointed as his successor. The Treasury Department said that the"
        " exchange had"
        " failed to report suspicious transactions for years.\n"
    ),
    "europe/mica.html": (
        "<!doctype html><html><head><title>Parliament adopts rules for crypto</title>"
        '<meta property="article:published_time" content="2023-04-20T12:00:00Z"></head><body><article>'
        "<h1>Parliament adopts rules for crypto</h1><p>The European Parliament approved the Markets in"
        " Crypto-Assets"
        " Regulation on 20 April 2023. The regulation sets common rules for issuers of stablecoins and for"
        " providers"
        " of services with crypto assets in all member states of the European Union.</p><p>The European"
        " Securities"
        " and Markets Authority will write the technical standards. Members voted 517 to 38 in favour, and"
        " supervisors"
        " will be able to restrict platforms that do not protect their"
        " customers.</p></article></body></html>\n"
    ),
    "lines.jsonl": (
        '{"title": "Hong Kong licenses exchanges", "date": "2023-08-03", "text": "The Securities and Futures'
        " Commission of Hong Kong granted licences to HashKey and OSL on August 3, 2023, which lets the two"
        " exchanges"
        " serve retail customers. The regulator had opened applications in June of that year, and other"
        " platforms"
        ' have to close down when they do not obtain one in time."}\n'
        '{"title": "Central bank warns the public", "date": "2022-01-20", "text": "The Bank of Russia'
        " proposed a ban"
        " on the use and mining of cryptocurrencies in a report on January 20, 2022. The central bank"
        " warned that"
        " speculative demand drives the growth of the market and that it has the marks of a pyramid. The"
        " Finance"
        ' Ministry spoke against a ban some days later."}\n'
    ),
}

EXTRA_SEED = (
    "Bahamas supervisor moves on exchange\n\nNovember 10, 2022\n\n"
    "The Securities Commission of The Bahamas froze the assets of FTX Digital Markets on November 10, 2022."
    " The"
    " regulator suspended the registration of the company and asked the Supreme Court for a provisional"
    " liquidator."
    " FTX filed for bankruptcy protection in the United States the day after, and Sam Bankman-Fried"
    " resigned as"
    " chief executive.\n"
)

# Columns that say when something was met, not what it is.
CLOCK_COLUMNS = {"first_seen_at"}
CLOCK_TABLES = {"quality.runs", "quality.changes", "quality.document_log", "quality.publication"}


def write_seeds(folder: Path, seeds: dict[str, str] = SEEDS) -> None:
    for name, text in seeds.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def run_pipeline(seeds: Path, warehouse: Path) -> headless.RunSummary:
    return headless.run(Settings.load(seeds, warehouse), Lines(io.StringIO()))


Rows = list[tuple[object, ...]]


def snapshot(warehouse: Path) -> dict[str, Rows]:
    """Every row of every table of the published file, sorted, without what depends on the clock."""
    connection = duckdb.connect(str(warehouse / "gazette.duckdb"), read_only=True)
    try:
        tables = connection.execute(
            "select schema_name || '.' || table_name, list(column_name order by column_index) from"
            " duckdb_columns()"
            " where database_name = current_database() and schema_name in ('landing', 'marts', 'quality')"
            " group by all"
        ).fetchall()
        found = {}
        for table, columns in tables:
            if table in CLOCK_TABLES:
                continue
            kept = ", ".join(f'"{column}"' for column in columns if column not in CLOCK_COLUMNS)
            found[table] = connection.execute(f"select {kept} from {table} order by all").fetchall()
        return found
    finally:
        connection.close()


def query(warehouse: Path, sql: str) -> Rows:
    connection = duckdb.connect(str(warehouse / "gazette.duckdb"), read_only=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


@dataclass
class Story:
    """A warehouse after a sequence of runs, what each run reported and how the warehouse looked after it."""

    seeds: Path
    warehouse: Path
    summaries: dict[str, headless.RunSummary] = field(default_factory=dict)
    snapshots: dict[str, dict[str, Rows]] = field(default_factory=dict)
    reader_reports: dict[str, list[str]] = field(default_factory=dict)

    def play(self, chapter: str) -> None:
        self.summaries[chapter] = run_pipeline(self.seeds, self.warehouse)
        self.snapshots[chapter] = snapshot(self.warehouse)


def heard(reader: subprocess.Popen[str]) -> list[str]:
    """The words of the last line that a reader printed: its report, or what it died of. A slow query draws a bar."""
    return (reader.communicate()[0].splitlines() or [""])[-1].split()


# Opens the published file again and again in a process of its own. A version is whole when the last row of
# `quality.runs` counts exactly what the marts of the same file hold. Prints the number of openings, of mixed versions,
# and the versions seen, each by its number of runs.
OPENER = """
import pathlib, sys, time, duckdb
path, stop = sys.argv[1:]
seen, opens, mixed = set(), 0, 0
while not pathlib.Path(stop).exists():
    connection = duckdb.connect(path, read_only=True)
    runs = connection.execute(
        "select event_count, document_count from quality.runs order by finished_at desc, started_at desc"
    ).fetchall()
    events = connection.execute("select count(*) from marts.fact_events").fetchone()[0]
    documents = connection.execute("select count(*) from marts.dim_documents").fetchone()[0]
    connection.execute("select count(*) from staging.stg_articles").fetchone()
    connection.close()
    mixed += runs[0] != (events, documents)
    seen.add(len(runs))
    opens += 1
    time.sleep(0.1)
print(opens, mixed, *sorted(seen))
"""

# Opens the published file once and keeps it: what it sees must not move. In a process of its own, because DuckDB gives
# every connection of one process to one path the same open file.
KEEPER = """
import pathlib, sys, time, duckdb
path, stop = sys.argv[1:]
connection = duckdb.connect(path, read_only=True)
look = "select list(run_id order by run_id) from quality.runs"
first, opens, moved = connection.execute(look).fetchone(), 0, 0
while not pathlib.Path(stop).exists():
    moved += connection.execute(look).fetchone() != first
    connection.execute("select count(*) from marts.fact_events").fetchone()
    opens += 1
    time.sleep(0.1)
print(opens, moved, len(first[0]))
"""
