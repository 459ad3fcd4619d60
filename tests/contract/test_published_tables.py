"""The published file against the written contract: tables, columns, types, and what must not be there."""

from __future__ import annotations

import duckdb
import pytest
import yaml
from story import Story

from pipelines import codebook
from pipelines.settings import DBT_PROJECT_DIR, PROJECT_ROOT

TEXT, INT, BOOL, DATE, REAL, TIME = "text", "int", "bool", "date", "real", "time"
KINDS = {
    TEXT: {"VARCHAR"},
    INT: {"INTEGER", "BIGINT", "HUGEINT"},
    BOOL: {"BOOLEAN"},
    DATE: {"DATE"},
    REAL: {"DOUBLE"},
    TIME: {"TIMESTAMP"},
}

# One line for each table: columns in groups of one kind. Columns may be added to a table, none may go or
# change kind.
CONTRACT: dict[str, dict[str, str]] = {
    "marts.fact_events": {
        TEXT: "event_id event_type event_subtype status date_precision summary jurisdiction_id amount_unit"
        " amount_role"
        " amount_qualifier follows_event_id",
        BOOL: "is_background",
        DATE: "event_date event_date_end first_reported_date last_reported_date",
        REAL: "amount_value amount_value_max confidence",
        INT: "document_count mention_count source_count",
    },
    "marts.fact_event_mentions": {
        TEXT: "mention_id event_id article_id event_type event_subtype status date_precision date_text quote extractor",
        DATE: "event_date event_date_end",
        INT: "char_start char_end",
        REAL: "confidence",
    },
    "marts.fact_event_evidence": {TEXT: "mention_id field_name field_value rule", INT: "char_start char_end"},
    "marts.fact_event_amounts": {
        TEXT: "event_id amount_unit amount_role amount_qualifier amount_text",
        REAL: "amount_value amount_value_max",
    },
    "marts.bridge_event_actors": {TEXT: "event_id actor_id role name_as_reported"},
    "marts.bridge_event_jurisdictions": {TEXT: "event_id jurisdiction_id relation rule"},
    "marts.bridge_event_topics": {TEXT: "event_id topic"},
    "marts.dim_event_types": {
        TEXT: "event_type event_subtype definition plover_type plover_mode cameo_root polarity",
        INT: "quad_class",
    },
    "marts.dim_actors": {
        TEXT: "actor_id actor_name actor_type home_jurisdiction_id parent_actor_id ftm_schema plover_sector",
        BOOL: "is_curated",
        DATE: "first_event_date last_event_date",
        INT: "event_count mention_count",
    },
    "marts.dim_actor_aliases": {TEXT: "actor_id alias"},
    "marts.dim_actor_roles": {TEXT: "actor_id office organisation_actor_id", DATE: "valid_from valid_to"},
    "marts.dim_jurisdictions": {
        TEXT: "jurisdiction_id jurisdiction_name jurisdiction_type iso_alpha3 iso_numeric"
        " parent_jurisdiction_id region"
        " subregion currency_code",
        INT: "event_count",
    },
    "marts.bridge_jurisdiction_blocs": {TEXT: "jurisdiction_id bloc_id"},
    "marts.dim_documents": {
        TEXT: "document_id seed_path encoding media_type",
        INT: "byte_count article_count",
        TIME: "first_seen_at",
    },
    "marts.dim_articles": {
        TEXT: "article_id document_id title published_date_rule language near_duplicate_of",
        DATE: "published_date",
        INT: "article_number word_count",
    },
    "quality.quarantine": {TEXT: "stage path reason_code detail", TIME: "first_seen_at"},
    "quality.runs": {
        TEXT: "run_id",
        TIME: "started_at finished_at",
        INT: "event_count quarantined_count warehouse_version",
    },
    "quality.publication": {
        TEXT: "run_id content_digest",
        INT: "schema_version warehouse_version",
        TIME: "published_at",
    },
    "quality.event_values": {
        TEXT: "event_id field_name subject field_value rule",
        INT: "mention_count source_count",
        BOOL: "is_chosen is_conflict",
    },
    "quality.merge_decisions": {
        TEXT: "mention_id_a mention_id_b event_id_a event_id_b verdict reasons vetoes",
        REAL: "score bar",
    },
    "quality.changes": {TEXT: "run_id event_id change_type field_name old_value new_value"},
    "quality.scorecard": {TEXT: "corpus part metric extractor_version", TIME: "measured_at", REAL: "value"},
}


@pytest.fixture(scope="module")
def columns(story: Story) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    with duckdb.connect(str(story.warehouse / "gazette.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns()"
            " where database_name = current_database()"
        ).fetchall()
    for table, column, data_type in rows:
        found.setdefault(table, {})[column] = data_type
    return found


@pytest.mark.parametrize("table", CONTRACT)
def test_table_has_the_columns_of_the_contract(columns: dict[str, dict[str, str]], table: str) -> None:
    assert table in columns
    for kind, names in CONTRACT[table].items():
        for name in names.split():
            assert columns[table].get(name) in KINDS[kind], f"{table}.{name}"


def test_private_state_is_not_published(columns: dict[str, dict[str, str]]) -> None:
    assert [table for table in columns if table.startswith("state.")] == []


# The suffix of a column says what it holds, in every layer.
def test_column_suffixes_keep_their_meaning(columns: dict[str, dict[str, str]]) -> None:
    meanings = {"_date": {"DATE"}, "_at": {"TIMESTAMP"}, "_count": KINDS[INT], "_id": {"VARCHAR"}}
    wrong = [
        f"{table}.{name}: {data_type}"
        for table, found in columns.items()
        if table.startswith(("marts.", "quality.", "landing."))
        for name, data_type in found.items()
        for suffix, types in meanings.items()
        if name.endswith(suffix) and data_type not in types
    ]
    wrong += [
        f"{table}.{name}: {data_type}"
        for table, found in columns.items()
        if table.startswith(("marts.", "quality.", "landing."))
        for name, data_type in found.items()
        if name.startswith(("is_", "has_")) and data_type != "BOOLEAN"
    ]
    assert wrong == []


# A view remembers the database it was made in; readers open the file under other names than the build's.
def test_views_work_whatever_the_file_is_called(story: Story) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{story.warehouse / 'gazette.duckdb'}' as elsewhere (read_only)")
        views = connection.execute(
            "select schema_name, view_name from duckdb_views() where database_name = 'elsewhere' and not internal"
        ).fetchall()
        assert views
        for schema, view in views:
            connection.execute(f"select count(*) from elsewhere.{schema}.{view}")


# dbt keeps its own copy of the closed lists, because SQL cannot read Python; the two must not drift apart.
def test_closed_lists_of_dbt_are_those_of_the_codebook() -> None:
    variables = yaml.safe_load((DBT_PROJECT_DIR / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    for name, values in {
        "event_types": codebook.EVENT_TYPES,
        "statuses": codebook.STATUSES,
        "roles": codebook.ROLES,
        "relations": codebook.RELATIONS,
        "date_precisions": codebook.DATE_PRECISIONS,
        "amount_qualifiers": codebook.AMOUNT_QUALIFIERS,
        "amount_roles": codebook.AMOUNT_ROLES,
        "jurisdiction_types": codebook.JURISDICTION_TYPES,
        "topics": codebook.TOPICS,
    }.items():
        assert tuple(variables[name]) == values, name
    assert {key: tuple(pair) for key, pair in variables["actor_types"].items()} == codebook.ACTOR_TYPES
    assert set(variables["public_authority_types"]) == codebook.PUBLIC_AUTHORITY_TYPES
    assert set(variables["person_types"]) == codebook.PERSON_TYPES
    assert set(variables["descriptive_rules"]) == codebook.DESCRIPTIVE_RULES


# A rule that was renamed in the extractor only would make aliases of "it" and "the regulator".
def test_rules_of_descriptions_are_given_by_the_extractor() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (PROJECT_ROOT / "pipelines" / "extract").glob("*.py")
    )
    assert {rule for rule in codebook.DESCRIPTIVE_RULES if f'"{rule}"' not in sources} == set()


# What ingest says a file is must be what the landed table and dbt accept.
def test_media_types_are_the_same_in_ingest_schemas_and_dbt() -> None:
    from pipelines import schemas
    from pipelines.ingest.discover import MEDIA_TYPES

    variables = yaml.safe_load((DBT_PROJECT_DIR / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    checks = schemas.Documents.to_schema().columns["media_type"].checks
    (allowed,) = (set(check.statistics["allowed_values"]) for check in checks)
    assert set(MEDIA_TYPES.values()) == allowed == set(variables["media_types"])
