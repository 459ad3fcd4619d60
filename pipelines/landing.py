"""From the seeds folder to the landed tables: each function makes tables agree with what is upstream.

None of them is told what changed. Each compares its table with its source, does what is missing and removes
what has no source any more, in one transaction, so that a stage may be run alone, twice, or after a crash. A
frame that breaks its pandera model rolls the whole stage back. How files are read and events extracted is in
`pipelines.ingest` and `pipelines.extract`; nothing here knows Dagster.
"""

from __future__ import annotations

import functools
import hashlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipelines import progress, schemas
from pipelines.build import INGEST_VERSION, VERIFIED, VOCABULARY_VERSION, set_flag, transaction, utc_now
from pipelines.code_version import code_version
from pipelines.faults import GazetteError
from pipelines.ingest.article import Article, Document
from pipelines.ingest.discover import SeedFile, scan
from pipelines.ingest.sandbox import Sandbox
from pipelines.problems import Problem, Severity, Stage
from pipelines.workers import Crew, Outcome, Task

# A file whose last change is not older than this may still be on its way.
SETTLE_SECONDS = 1.0
# Characters of document text that are held at once; more is landed in several frames of one transaction.
BATCH_CHARACTERS = 32_000_000
# The libraries whose new release may read a file differently.
_READER_LIBRARIES = ("charset-normalizer", "py3langid", "datasketch", "pypdf", "mammoth", "warcio")


class ContractBrokenError(GazetteError):
    """A frame does not keep the pandera model of its table; nothing of its stage was written."""

    def __init__(self, table: str, cases: list[dict[str, Any]], case_count: int) -> None:
        """Take the first failing cases, each with `column`, `check` and `failure_case`."""
        self.table = table
        self.cases = cases
        self.case_count = case_count
        first = cases[0] if cases else {}
        super().__init__(
            f"landing.{table} breaks its schema: {case_count} failing cases, first"
            f" {first.get('column')} {first.get('check')} {first.get('failure_case')!r}"
        )


@dataclass(slots=True)
class Landed:
    """What a stage did: rows written and rows now there, for each of its tables, and named counts."""

    written: dict[str, int] = field(default_factory=dict)
    total: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


@functools.cache
def ingest_version() -> str:
    """Names the reading code by its source and the releases of its libraries: new code reads again."""
    return f"ingest-{code_version((Path(__file__).parent / 'ingest').glob('*.py'), _READER_LIBRARIES)}"


# --------------------------------------------------------------------------------------------------
# documents


def sync_documents(connection: duckdb.DuckDBPyConnection, seeds_dir: Path) -> Landed:
    """Make `landing.documents` hold exactly the distinct readable contents of the seeds folder.

    Counts: `file_count` and how many of them are new, restored, changed, renamed or unchanged, and how many were
    removed. Every file is hashed, only files whose content, path or reading code is new are decoded. A file that
    is still being written waits for the next run and stays what it was.
    """
    try:
        entries = scan(seeds_dir)
    except NotADirectoryError as error:
        raise GazetteError(str(error)) from error
    seeds = [entry for entry in entries if isinstance(entry, SeedFile)]
    scan_problems = [entry for entry in entries if isinstance(entry, Problem)]

    current: dict[str, str] = {}
    with progress.track("Looking at seeds", len(seeds)) as advance:
        for seed in seeds:
            try:
                current[seed.seed_path] = _content_id(seed.path)
            except OSError as error:
                scan_problems.append(_unreadable(seed, error))
            advance(1)
    previous = dict(connection.execute("select seed_path, content_id from state.seed_files").fetchall())
    for seed in _still_written(seeds):
        detail = "it is still being written; the next run reads it"
        scan_problems.append(Problem(Stage.DISCOVER, seed.seed_path, "still_written", detail))
        if current.pop(seed.seed_path, None) and seed.seed_path in previous:
            current[seed.seed_path] = previous[seed.seed_path]
    seeds = [seed for seed in seeds if seed.seed_path in current]

    # One content is one document, however many files hold it: the first by name stands for all.
    holders: dict[str, str] = {}
    for seed_path in sorted(current):
        holders.setdefault(current[seed_path], seed_path)
    scan_problems.extend(
        Problem(
            Stage.DISCOVER,
            seed_path,
            "duplicate_content",
            f"same content as {holders[content_id]}, which stands for both",
            Severity.INFO,
            content_id,
        )
        for seed_path, content_id in sorted(current.items())
        if holders[content_id] != seed_path
    )

    with transaction(connection):
        set_flag(connection, VERIFIED, "no")
        connection.execute("delete from state.seed_files")
        _append(
            connection,
            "state.seed_files",
            pl.DataFrame(
                sorted(current.items()),
                schema={"seed_path": pl.String, "content_id": pl.String},
                orient="row",
            ),
        )
        _forget(connection, "scan", None)
        _remember(connection, "scan", [("", problem) for problem in scan_problems])
        known = _ids(connection, "select document_id from quality.document_log")
        result = Landed(counts=_compare(previous, current, frozenset(known)))
        result.written["documents"] = _land_documents(connection, seeds, holders)
        connection.execute(
            "insert into quality.document_log"
            " select document_id, ? from landing.documents"
            " where document_id not in (select document_id from quality.document_log) order by document_id",
            [utc_now()],
        )
        result.total["documents"] = _count(connection, "landing.documents")
        result.total["document_log"] = _count(connection, "quality.document_log")
    return result


def _land_documents(connection: duckdb.DuckDBPyConnection, seeds: list[SeedFile], holders: dict[str, str]) -> int:
    """Decode what this code has not decoded under this path; drop what no file holds any more."""
    decoded = connection.execute("select seed_path, content_id, ingest_version from state.decoded").fetchall()
    still = {
        (seed_path, content_id)
        for seed_path, content_id, code in decoded
        if code == ingest_version() and holders.get(content_id) == seed_path
    }
    gone = [seed_path for seed_path, content_id, _ in decoded if (seed_path, content_id) not in still]
    _delete(connection, "state.decoded", "seed_path", gone)
    _forget(connection, "file", gone)

    content_of = {seed_path: content_id for content_id, seed_path in holders.items()}
    wanted = [
        seed
        for seed in seeds
        if seed.seed_path in content_of and (seed.seed_path, content_of[seed.seed_path]) not in still
    ]
    landed = dict(connection.execute("select document_id, seed_path from landing.documents").fetchall())
    to_read = {content_of[seed.seed_path] for seed in wanted}
    _delete(
        connection,
        "landing.documents",
        "document_id",
        [document_id for document_id in landed if document_id not in holders or document_id in to_read],
    )

    written = 0
    rows: list[dict[str, object]] = []
    looked: list[tuple[str, str, str]] = []
    problems: list[tuple[str, Problem]] = []
    characters = 0
    with progress.track("Reading documents", len(wanted)) as advance, Sandbox() as sandbox:
        for seed in wanted:
            content_id = content_of[seed.seed_path]
            document, found, read_by = _decode(seed, content_id, sandbox)
            looked.append((seed.seed_path, content_id, read_by))
            problems.extend((seed.seed_path, problem) for problem in found)
            advance(1)
            if document is None:
                continue
            if content_id in landed:
                _follow_rename(connection, content_id, landed[content_id], seed.seed_path)
            rows.append({name: getattr(document, name) for name in schemas.polars_schema(schemas.Documents)})
            characters += len(document.text)
            if characters > BATCH_CHARACTERS:
                written += _write(connection, "documents", rows)
                rows, characters = [], 0
    # In one go: a statement for each file would cost more than reading it.
    _remember(connection, "file", problems)
    names = ("seed_path", "content_id", "ingest_version")
    _append(connection, "state.decoded", pl.DataFrame(looked, dict.fromkeys(names, pl.String), orient="row"))
    return written + _write(connection, "documents", rows)


def _decode(seed: SeedFile, content_id: str, sandbox: Sandbox) -> tuple[Document | None, list[Problem], str]:
    """The document, the problems, and the version that `state.decoded` says to have read the file."""
    from pipelines.ingest.decode import read_document

    document: Document | None
    try:
        document, problems = read_document(seed, sandbox)
    except Exception as error:
        document, problems = None, [_reader_failed(Stage.DECODE, seed.seed_path, content_id, error)]
    if document is not None and document.document_id != content_id:
        detail = "the file changed while it was read; the next run reads it"
        document, problems = None, [Problem(Stage.DECODE, seed.seed_path, "changed_while_reading", detail)]
    # What may be readable next time, with the same bytes, is looked at again next time: its state says so by
    # a version that no code has.
    passing = {"unreadable_file", "changed_while_reading"}
    retry = any(problem.reason_code in passing for problem in problems)
    return document, problems, "again" if retry else ingest_version()


def _compare(previous: dict[str, str], current: dict[str, str], known: frozenset[str]) -> dict[str, int]:
    """How the files now compare with those of the last look; a copy of another file counts too.

    `known` are the contents that were ever read: a file that appears with one that was away is restored, not new.
    """
    vanished = {content for path, content in previous.items() if path not in current}
    appeared = {path: content for path, content in current.items() if path not in previous}
    renamed = {path for path, content in appeared.items() if content in vanished}
    moved = {current[path] for path in renamed}
    away = known - set(previous.values())
    restored = sum(content in away for content in appeared.values())
    return {
        "file_count": len(current),
        "new_file_count": len(appeared) - len(renamed) - restored,
        "restored_file_count": restored,
        "changed_file_count": sum(path in previous and previous[path] != content for path, content in current.items()),
        "renamed_file_count": len(renamed),
        "removed_file_count": sum(path not in current and content not in moved for path, content in previous.items()),
        "unchanged_file_count": sum(previous.get(path) == content for path, content in current.items()),
    }


def _still_written(seeds: list[SeedFile]) -> list[SeedFile]:
    """The files that changed since they were listed; those written just now get a second look first."""
    now = time.time()
    # A time in the future says nothing about how fresh a file is.
    age = min((now - seed.mtime_ns / 1e9 for seed in seeds if seed.mtime_ns / 1e9 <= now), default=SETTLE_SECONDS)
    time.sleep(max(SETTLE_SECONDS - age, 0))
    return [seed for seed in seeds if _stat(seed.path) not in (None, (seed.byte_count, seed.mtime_ns))]


def _stat(path: Path) -> tuple[int, int] | None:
    """Size and time of the last change; None for a file that is gone, which reading it will tell."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _follow_rename(connection: duckdb.DuckDBPyConnection, document_id: str, old: str, new: str) -> None:
    """Problems met inside a document name its file; a renamed file takes them along."""
    connection.execute(
        "update state.problems set path = ? || substr(path, length(?) + 1)"
        " where document_id = ? and origin in ('document', 'article') and starts_with(path, ?)",
        [new, old, document_id, old],
    )


def _content_id(path: Path) -> str:
    """The document id that `pipelines.ingest.decode` gives these bytes, without decoding them."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def _unreadable(seed: SeedFile, error: OSError) -> Problem:
    return Problem(
        Stage.DISCOVER,
        seed.seed_path,
        "unreadable_file",
        f"{error.strerror or type(error).__name__}; check its permissions",
    )


def _reader_failed(stage: Stage, path: str, document_id: str | None, error: Exception) -> Problem:
    line = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return Problem(stage, path, "reader_failed", f"{line}; please report the file", document_id=document_id)


# --------------------------------------------------------------------------------------------------
# articles


def sync_articles(connection: duckdb.DuckDBPyConnection) -> Landed:
    """Make `landing.articles` hold the articles of exactly the landed documents, read by the current code.

    Counts: `parsed_document_count`. A document that was read by this code before is not parsed again.
    """
    result = Landed()
    with transaction(connection):
        set_flag(connection, VERIFIED, "no")
        set_flag(connection, INGEST_VERSION, ingest_version())
        gone = _ids(
            connection,
            "select document_id from state.documents_read"
            " where (document_id, read_as) not in (select document_id, media_type || ' ' || ? from"
            " landing.documents)",
            [ingest_version()],
        )
        _delete(connection, "landing.articles", "document_id", gone)
        _delete(connection, "state.documents_read", "document_id", gone)
        _forget(connection, "document", gone)
        wanted = _ids(
            connection,
            "select document_id from landing.documents"
            " where document_id not in (select document_id from state.documents_read) order by document_id",
        )
        result.counts["parsed_document_count"] = len(wanted)
        result.written["articles"] = 0
        with progress.track("Finding articles", len(wanted)) as advance:
            for documents in _documents(connection, wanted):
                rows: list[dict[str, object]] = []
                for document in documents:
                    rows.extend(_article_rows(connection, document))
                    advance(1)
                result.written["articles"] += _write(connection, "articles", rows)
        connection.execute(
            "insert into state.documents_read"
            " select document_id, media_type || ' ' || ? from landing.documents"
            " where document_id not in (select document_id from state.documents_read)",
            [ingest_version()],
        )
        result.total["articles"] = _count(connection, "landing.articles")
    return result


def _article_rows(connection: duckdb.DuckDBPyConnection, document: Document) -> list[dict[str, object]]:
    from pipelines.ingest.articles import split_articles

    articles: list[Article]
    try:
        articles, problems = split_articles(document)
    except Exception as error:
        articles = []
        problems = [_reader_failed(Stage.READ, document.seed_path, document.document_id, error)]
    _remember(connection, "document", [(document.document_id, problem) for problem in problems])
    return [_article_row(article) for article in articles]


def _article_row(article: Article) -> dict[str, object]:
    from pipelines.ingest.signature import body_hash, signature

    return {
        "article_id": article.article_id,
        "document_id": article.document_id,
        "article_number": article.article_number,
        "title": article.title,
        "published_date": article.published,
        "published_date_rule": article.published_rule,
        "word_count": article.word_count,
        "language": article.language,
        "char_start": article.char_start,
        "char_end": article.char_end,
        "body_hash": body_hash(article),
        "minhash": signature(article),
        "ingest_version": ingest_version(),
    }


def _documents(connection: duckdb.DuckDBPyConnection, document_ids: list[str]) -> Iterator[list[Document]]:
    """The landed documents with these ids, in order of id, not more text at a time than fits comfortably."""
    sizes = dict(connection.execute("select document_id, length(text) from landing.documents").fetchall())
    batch: list[str] = []
    characters = 0
    for document_id in [*sorted(document_ids), None]:
        if batch and (document_id is None or characters > BATCH_CHARACTERS):
            rows = connection.execute(
                "select document_id, seed_path, byte_count, encoding, media_type, text from landing.documents"
                " where document_id in (select unnest(?::varchar[])) order by document_id",
                [batch],
            ).fetchall()
            yield [Document(*row) for row in rows]
            batch, characters = [], 0
        if document_id is not None:
            batch.append(document_id)
            characters += sizes[document_id]


# --------------------------------------------------------------------------------------------------
# mentions


def sync_mentions(connection: duckdb.DuckDBPyConnection) -> Landed:
    """Make the extracted tables hold what the current extractor finds in exactly the landed articles.

    Counts: `extracted_article_count`, `failed_article_count`. `state.extraction_log` says which article was
    read by which extractor; an article on which it failed is tried again only by another version.
    """
    from pipelines.extract.identity import extractor_identity

    extractor = extractor_identity()
    result = Landed(written=dict.fromkeys(schemas.EXTRACTED, 0))
    with transaction(connection):
        set_flag(connection, VERIFIED, "no")
        gone = _ids(
            connection,
            "select article_id from state.extraction_log"
            " where (article_id, read_as, extractor, extractor_version) not in ("
            "   select article_id, read_as, ?, ? from landing.articles join state.documents_read using"
            " (document_id))",
            list(extractor),
        )
        _delete_extraction(connection, gone)
        wanted = _ids_by_document(connection)
        article_count = sum(map(len, wanted.values()))
        result.counts["extracted_article_count"] = article_count
        failed = 0
        with (
            progress.track("Extracting events", article_count) as advance,
            Crew(article_count) as crew,
        ):
            for documents in _documents(connection, list(wanted)):
                tasks = [Task(document, frozenset(wanted[document.document_id])) for document in documents]
                rows: dict[str, list[dict[str, object]]] = {table: [] for table in schemas.EXTRACTED}
                for outcomes in crew.outcomes(tasks):
                    _gather(rows, outcomes)
                    for outcome in outcomes:
                        _remember(
                            connection,
                            "article",
                            [(outcome.article_id, problem) for problem in outcome.problems],
                        )
                        failed += any(problem.reason_code == "extractor_failed" for problem in outcome.problems)
                    advance(len(outcomes))
                for table, found in rows.items():
                    result.written[table] += _write(connection, table, found)
        connection.execute(
            "insert into state.extraction_log"
            " select article_id, read_as, ?, ? from landing.articles join state.documents_read using"
            " (document_id)"
            " where article_id not in (select article_id from state.extraction_log)",
            list(extractor),
        )
        result.counts["failed_article_count"] = failed
        result.total = {table: _count(connection, f"landing.{table}") for table in schemas.EXTRACTED}
    return result


def _gather(rows: dict[str, list[dict[str, object]]], outcomes: Iterable[Outcome]) -> None:
    for outcome in outcomes:
        for table, found in outcome.rows.items():
            rows[table].extend(found)


def _ids_by_document(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Articles without extraction, by document. One in another language has no blocks and costs nothing."""
    wanted: dict[str, list[str]] = {}
    for document_id, article_id in connection.execute(
        "select document_id, article_id from landing.articles"
        " where article_id not in (select article_id from state.extraction_log) order by all"
    ).fetchall():
        wanted.setdefault(document_id, []).append(article_id)
    return wanted


def _delete_extraction(connection: duckdb.DuckDBPyConnection, article_ids: list[str]) -> None:
    if not article_ids:
        return
    mentions = _ids(
        connection,
        "select mention_id from landing.mentions where article_id in (select unnest(?::varchar[]))",
        [article_ids],
    )
    for table, model in schemas.EXTRACTED.items():
        if "article_id" in schemas.polars_schema(model):
            _delete(connection, f"landing.{table}", "article_id", article_ids)
        else:
            _delete(connection, f"landing.{table}", "mention_id", mentions)
    _delete(connection, "state.extraction_log", "article_id", article_ids)
    _forget(connection, "article", article_ids)


# --------------------------------------------------------------------------------------------------
# reference


def replace_reference(connection: duckdb.DuckDBPyConnection) -> Landed:
    """Make the reference tables hold the vocabulary as it is now, wholesale."""
    from pipelines.vocabulary.loader import load, reference_rows

    vocabulary = load()
    rows = reference_rows(vocabulary)
    result = Landed()
    with transaction(connection):
        set_flag(connection, VERIFIED, "no")
        set_flag(connection, VOCABULARY_VERSION, vocabulary.version)
        for table in schemas.REFERENCE:
            connection.execute(f"delete from landing.{table}")
            result.written[table] = _write(connection, table, rows[table])
            result.total[table] = result.written[table]
    return result


# --------------------------------------------------------------------------------------------------
# quarantine


def sync_quarantine(connection: duckdb.DuckDBPyConnection) -> Landed:
    """Make `quality.quarantine` hold the problems of the current seeds and when each was first seen."""
    result = Landed()
    with transaction(connection):
        rows = connection.execute(
            "select distinct stage, path, reason_code, detail, severity, document_id from state.problems order by all"
        ).fetchall()
        names = list(schemas.polars_schema(schemas.Quarantine))
        data = _validated("quarantine", schemas.Quarantine, [dict(zip(names, row, strict=True)) for row in rows])
        connection.execute(
            "insert into state.problem_ledger"
            " select distinct stage, path, reason_code, detail, ? from state.problems"
            " where (stage, path, reason_code, detail)"
            "   not in (select stage, path, reason_code, detail from state.problem_ledger)",
            [utc_now()],
        )
        connection.execute("delete from quality.quarantine")
        connection.register("incoming", data)
        connection.execute(
            "insert into quality.quarantine by name"
            " select incoming.*, first_seen_at from incoming"
            " join state.problem_ledger using (stage, path, reason_code, detail) order by all"
        )
        connection.unregister("incoming")
        result.written["quarantine"] = result.total["quarantine"] = data.height
        result.counts["error_count"] = data.filter(pl.col("severity") == "error").height
    return result


def read_again(connection: duckdb.DuckDBPyConnection, seed_paths: list[str], document_ids: list[str]) -> int:
    """Have the next run read these files and documents as if they were new; returns how many files that is.

    Nothing is taken away now: what is in the tables stays until the next run has something to put in its place.
    """
    with transaction(connection):
        files = _ids(
            connection,
            "select seed_path from state.seed_files where seed_path in (select unnest(?::varchar[]))"
            " or content_id in (select unnest(?::varchar[]))",
            [seed_paths, document_ids],
        )
        of_files = "(select content_id from state.seed_files where seed_path in (select unnest(?::varchar[])))"
        for statement in (
            "update state.decoded set ingest_version = 'again' where seed_path in (select unnest(?::varchar[]))",
            f"update state.documents_read set read_as = 'again' where document_id in {of_files}",
            "update state.extraction_log set read_as = 'again' where article_id in ("
            f" select article_id from landing.articles where document_id in {of_files})",
        ):
            connection.execute(statement, [files])
    return len(files)


# --------------------------------------------------------------------------------------------------
# shared by the stages


def _validated(table: str, model: type[schemas.LandedTable], rows: list[dict[str, Any]]) -> pl.DataFrame:
    from pandera.errors import SchemaError, SchemaErrors

    try:
        return schemas.validated(model, schemas.frame(model, rows))
    except SchemaErrors as error:
        cases = error.failure_cases
        columns = [name for name in ("column", "check", "failure_case", "index") if name in cases.columns]
        raise ContractBrokenError(table, cases.select(columns).head(20).to_dicts(), cases.height) from error
    except (SchemaError, KeyError, TypeError, pl.exceptions.PolarsError) as error:
        # The rows do not even fit into a frame of the model's shape.
        case = {"column": "", "check": "fits the columns", "failure_case": " ".join(str(error).split())[:300]}
        raise ContractBrokenError(table, [case], 1) from error


def _write(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> int:
    """Validate rows against the model of a landed table and append them, sorted; returns how many."""
    # No rows keep every model, and proving that of seven empty frames would cost a second of each quiet run.
    if not rows:
        return 0
    data = _validated(table, schemas.LANDED[table], rows)
    sortable = [name for name, dtype in data.schema.items() if not dtype.is_nested() and name != "text"]
    _append(connection, f"landing.{table}", data.sort(sortable))
    return data.height


def _append(connection: duckdb.DuckDBPyConnection, table: str, data: pl.DataFrame) -> None:
    connection.register("incoming", data)
    connection.execute(f"insert into {table} by name select * from incoming")
    connection.unregister("incoming")


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"select count(*) from {table}").fetchone()
    return int(row[0]) if row else 0


def _ids(connection: duckdb.DuckDBPyConnection, query: str, parameters: list[object] | None = None) -> list[str]:
    return [row[0] for row in connection.execute(query, parameters or []).fetchall()]


def _delete(connection: duckdb.DuckDBPyConnection, table: str, column: str, values: list[str]) -> None:
    if values:
        connection.execute(f"delete from {table} where {column} in (select unnest(?::varchar[]))", [values])


def _remember(connection: duckdb.DuckDBPyConnection, origin: str, problems: list[tuple[str, Problem]]) -> None:
    """Keep problems under their origin: `scan`, or a `file`, `document` or `article` with its id."""
    if problems:
        rows = [{"origin": origin, "origin_id": origin_id, **asdict(problem)} for origin_id, problem in problems]
        names = ("origin", "origin_id", *(each.name for each in fields(Problem)))
        _append(connection, "state.problems", pl.DataFrame(rows, dict.fromkeys(names, pl.String)))


def _forget(connection: duckdb.DuckDBPyConnection, origin: str, origin_ids: list[str] | None) -> None:
    """Drop the problems of these origins, or of all of the kind when None."""
    if origin_ids is None:
        connection.execute("delete from state.problems where origin = ?", [origin])
    elif origin_ids:
        connection.execute(
            "delete from state.problems where origin = ? and origin_id in (select unnest(?::varchar[]))",
            [origin, origin_ids],
        )
