"""One strict pandera model per landed table: the contract between the Python stages and dbt.

Asset key, table name and model share one name: `landing.mention_actors` is the asset `landing/mention_actors` and the
model `MentionActors`. Nothing but shapes and value rules belongs here. Validate eager frames only: pandera checks no
values on a lazy one (`validated` takes a `pl.DataFrame`, and a test proves that a bad value is caught).
"""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from pipelines import codebook
from pipelines.ingest.discover import MEDIA_TYPES

ID = r"^[0-9a-z][0-9a-z_\-]*$"
JURISDICTION_ID = r"^[A-Z][A-Z0-9\-]*(/[A-Z0-9\-]+)?$"
CODE = r"^[a-z][a-z0-9_]*$"


class LandedTable(pa.DataFrameModel):
    """What all landed tables share: exactly the named columns, in order, with exactly the named types."""

    class Config:
        """pandera settings; `strict` refuses unknown columns, `ordered` keeps `insert` by position honest."""

        strict = True
        ordered = True


class Documents(LandedTable):
    """One row per distinct content now in the seeds. `seed_path` is the first path, by name, that holds it."""

    document_id: str = pa.Field(unique=True, str_matches=ID)
    seed_path: str = pa.Field(unique=True, str_length={"min_value": 1})
    byte_count: int = pa.Field(gt=0)
    encoding: str
    media_type: str = pa.Field(isin=sorted(set(MEDIA_TYPES.values())))
    text: str


class Articles(LandedTable):
    """One row per article found in a document. Offsets count characters of `documents.text`."""

    article_id: str = pa.Field(unique=True, str_matches=ID)
    document_id: str = pa.Field(str_matches=ID)
    article_number: int = pa.Field(ge=1)
    title: str = pa.Field(nullable=True)
    published_date: pl.Date = pa.Field(nullable=True)
    published_date_rule: str = pa.Field(nullable=True, str_matches=CODE)
    word_count: int = pa.Field(ge=0)
    language: str
    char_start: int = pa.Field(ge=0)
    char_end: int = pa.Field(gt=0)
    body_hash: str
    minhash: pl.List(pl.UInt64) = pa.Field()  # type: ignore[valid-type]
    ingest_version: str


class Mentions(LandedTable):
    """One row per place in an article where an event is told; `quote` is `text[char_start:char_end]`, spaces folded."""

    mention_id: str = pa.Field(unique=True, str_matches=ID)
    article_id: str = pa.Field(str_matches=ID)
    event_type: str = pa.Field(isin=codebook.EVENT_TYPES)
    event_subtype: str = pa.Field(nullable=True, str_matches=CODE)
    status: str = pa.Field(isin=codebook.STATUSES)
    is_background: bool
    event_date: pl.Date = pa.Field(nullable=True)
    event_date_end: pl.Date = pa.Field(nullable=True)
    date_precision: str = pa.Field(isin=codebook.DATE_PRECISIONS)
    date_text: str = pa.Field(nullable=True)
    date_rule: str = pa.Field(nullable=True, str_matches=CODE)
    quote: str = pa.Field(str_length={"min_value": 1})
    char_start: int = pa.Field(ge=0)
    char_end: int = pa.Field(gt=0)
    sentence_number: int = pa.Field(ge=0)
    is_lede: bool
    trigger_text: str
    retells_mention_id: str = pa.Field(nullable=True, str_matches=ID)
    extractor: str
    extractor_version: str
    confidence: float = pa.Field(ge=0, le=1)

    @pa.dataframe_check
    def undated_means_unresolved(cls, data: pa.PolarsData) -> pl.LazyFrame:  # type: ignore[misc]  # noqa: N805
        """A date and a precision come together, or neither does."""
        return data.lazyframe.select(pl.col("event_date").is_null() == (pl.col("date_precision") == "unresolved"))

    @pa.dataframe_check
    def spans_are_not_empty(cls, data: pa.PolarsData) -> pl.LazyFrame:  # type: ignore[misc]  # noqa: N805
        """Evidence is a real stretch of text."""
        return data.lazyframe.select(pl.col("char_start") < pl.col("char_end"))


class MentionActors(LandedTable):
    """One row per actor and role in a mention."""

    mention_id: str = pa.Field(str_matches=ID)
    actor_id: str = pa.Field(str_matches=ID)
    role: str = pa.Field(isin=codebook.ROLES)
    name_as_reported: str = pa.Field(str_length={"min_value": 1})
    char_start: int = pa.Field(ge=0)
    char_end: int = pa.Field(gt=0)
    rule: str = pa.Field(str_matches=CODE)


class MentionJurisdictions(LandedTable):
    """One row per jurisdiction and relation in a mention. The span is that of the words it rests on."""

    mention_id: str = pa.Field(str_matches=ID)
    jurisdiction_id: str = pa.Field(str_matches=JURISDICTION_ID)
    relation: str = pa.Field(isin=codebook.RELATIONS)
    rule: str = pa.Field(str_matches=CODE)
    char_start: int = pa.Field(ge=0)
    char_end: int = pa.Field(gt=0)


class MentionAmounts(LandedTable):
    """One row per amount of a mention, in text order. `amount_unit` is ISO 4217, an asset symbol or a unit."""

    mention_id: str = pa.Field(str_matches=ID)
    amount_number: int = pa.Field(ge=1)
    amount_value: float
    amount_value_max: float = pa.Field(nullable=True)
    amount_unit: str
    amount_role: str = pa.Field(isin=codebook.AMOUNT_ROLES)
    amount_qualifier: str = pa.Field(isin=codebook.AMOUNT_QUALIFIERS)
    amount_text: str
    char_start: int = pa.Field(ge=0)
    char_end: int = pa.Field(gt=0)


class MentionTopics(LandedTable):
    """One row per topic of a mention."""

    mention_id: str = pa.Field(str_matches=ID)
    topic: str = pa.Field(isin=codebook.TOPICS)


class MentionEvidence(LandedTable):
    """One row per extracted field value of a mention, with the span it was read from and the rule that read it."""

    mention_id: str = pa.Field(str_matches=ID)
    field_name: str = pa.Field(str_matches=CODE)
    field_value: str
    char_start: int = pa.Field(ge=0)
    char_end: int = pa.Field(gt=0)
    rule: str = pa.Field(str_matches=CODE)


class ActorSightings(LandedTable):
    """One row per article and actor with a role in it: what this article says the actor is called and is."""

    article_id: str = pa.Field(str_matches=ID)
    actor_id: str = pa.Field(str_matches=ID)
    actor_name: str
    actor_type: str = pa.Field(isin=list(codebook.ACTOR_TYPES))
    home_jurisdiction_id: str = pa.Field(nullable=True, str_matches=JURISDICTION_ID)


class EventTypes(LandedTable):
    """One row per event type (`event_subtype` null) and per subtype, from `vocabulary/event_types.yml`."""

    event_type: str = pa.Field(isin=codebook.EVENT_TYPES)
    event_subtype: str = pa.Field(nullable=True, str_matches=CODE)
    definition: str
    plover_type: str = pa.Field(nullable=True)
    plover_mode: str = pa.Field(nullable=True)
    cameo_root: str = pa.Field(nullable=True, str_matches=r"^[0-9]{2}$")
    quad_class: int = pa.Field(ge=0, le=4)
    polarity: str = pa.Field(isin=["positive", "neutral", "negative"])
    merge_family: str = pa.Field(str_matches=CODE)
    summary_phrase: str


class LineageSteps(LandedTable):
    """One row per step that may follow another on the same matter: (from type, subtype) -> (to type, subtype)."""

    from_event_type: str = pa.Field(isin=codebook.EVENT_TYPES)
    from_event_subtype: str = pa.Field(nullable=True, str_matches=CODE)
    to_event_type: str = pa.Field(isin=codebook.EVENT_TYPES)
    to_event_subtype: str = pa.Field(nullable=True, str_matches=CODE)
    procedure: str = pa.Field(str_matches=CODE)


class Actors(LandedTable):
    """One row per curated actor of the vocabulary."""

    actor_id: str = pa.Field(unique=True, str_matches=ID)
    actor_name: str
    actor_type: str = pa.Field(isin=list(codebook.ACTOR_TYPES))
    home_jurisdiction_id: str = pa.Field(nullable=True, str_matches=JURISDICTION_ID)
    parent_actor_id: str = pa.Field(nullable=True, str_matches=ID)


class ActorAliases(LandedTable):
    """One row per other name of a curated actor."""

    actor_id: str = pa.Field(str_matches=ID)
    alias: str = pa.Field(str_length={"min_value": 1})


class ActorRoles(LandedTable):
    """One row per office a curated person held. Open ends are null; a year or month is stored as its first day."""

    actor_id: str = pa.Field(str_matches=ID)
    office: str
    office_type: str = pa.Field(str_matches=CODE)
    organisation_actor_id: str = pa.Field(nullable=True, str_matches=ID)
    valid_from: pl.Date = pa.Field(nullable=True)
    valid_to: pl.Date = pa.Field(nullable=True)


class Jurisdictions(LandedTable):
    """One row per jurisdiction of the vocabulary."""

    jurisdiction_id: str = pa.Field(unique=True, str_matches=JURISDICTION_ID)
    jurisdiction_name: str
    jurisdiction_type: str = pa.Field(isin=codebook.JURISDICTION_TYPES)
    iso_alpha3: str = pa.Field(nullable=True, str_matches=r"^[A-Z]{3}$")
    iso_numeric: str = pa.Field(nullable=True, str_matches=r"^[0-9]{3}$")
    parent_jurisdiction_id: str = pa.Field(nullable=True)
    region: str = pa.Field(nullable=True)
    subregion: str = pa.Field(nullable=True)
    currency_code: str = pa.Field(nullable=True, str_matches=r"^[A-Z]{3}$")


class JurisdictionBlocs(LandedTable):
    """One row per member jurisdiction and bloc."""

    jurisdiction_id: str
    bloc_id: str


class Quarantine(LandedTable):
    """One row per file, article or mention set aside, or used with a reservation (`severity` info)."""

    stage: str = pa.Field(str_matches=CODE)
    path: str
    reason_code: str = pa.Field(str_matches=CODE)
    detail: str
    severity: str = pa.Field(isin=["error", "info"])
    document_id: str = pa.Field(nullable=True)


EXTRACTED: dict[str, type[LandedTable]] = {
    "mentions": Mentions,
    "mention_actors": MentionActors,
    "mention_jurisdictions": MentionJurisdictions,
    "mention_amounts": MentionAmounts,
    "mention_topics": MentionTopics,
    "mention_evidence": MentionEvidence,
    "actor_sightings": ActorSightings,
}

REFERENCE: dict[str, type[LandedTable]] = {
    "event_types": EventTypes,
    "lineage_steps": LineageSteps,
    "actors": Actors,
    "actor_aliases": ActorAliases,
    "actor_roles": ActorRoles,
    "jurisdictions": Jurisdictions,
    "jurisdiction_blocs": JurisdictionBlocs,
}

LANDED: dict[str, type[LandedTable]] = {
    "documents": Documents,
    "articles": Articles,
    **EXTRACTED,
    **REFERENCE,
}


def polars_schema(model: type[LandedTable]) -> dict[str, pl.DataType]:
    """Column names and Polars types of a landed table, in order: the shape of an empty frame of it."""
    return {name: column.dtype.type for name, column in model.to_schema().columns.items()}


def frame(model: type[LandedTable], rows: list[dict[str, object]]) -> pl.DataFrame:
    """Rows as a frame of the model's shape; a missing key is null, an unknown one raises. Not yet validated."""
    schema = polars_schema(model)
    unknown = {key for row in rows for key in row} - schema.keys()
    if unknown:
        raise KeyError(f"{model.__name__} has no column {sorted(unknown)}")
    return pl.DataFrame(rows, schema=schema, orient="row")


def validated(model: type[LandedTable], data: pl.DataFrame) -> pl.DataFrame:
    """The frame itself when it keeps the model; else raises `pandera.errors.SchemaErrors` with every failing case."""
    return model.validate(data, lazy=True)
