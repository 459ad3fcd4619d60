"""Loads the reviewed vocabulary, strictly: an unknown key, a dangling id or a doubled name raises and says where.

The data are the `.yml` files beside this module, edited like code by people who know the field. Only their shapes,
their checks and their flat form for the warehouse (`reference_rows`) live here; matching them in text is the work of
`pipelines.extract`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from pipelines import codebook
from pipelines.faults import GazetteError

FOLDER = Path(__file__).parent


class VocabularyError(GazetteError):
    """A vocabulary file breaks its own rules; the message names file, entry and reason."""


class Entry(BaseModel):
    """Base of all entries: unknown keys are refused, so that a typo cannot pass for an empty field."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Jurisdiction(Entry):
    """A country, dependency, subdivision, bloc or zone, with the words that name it."""

    jurisdiction_id: str
    name: str
    jurisdiction_type: str
    iso_alpha3: str | None = None
    iso_numeric: str | None = None
    parent: str | None = None
    region: str | None = None
    subregion: str | None = None
    currency_code: str | None = None
    names: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str | None = None
    seats: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


class Body(Entry):
    """What institutions and organisations share. `acronyms` point to the body by themselves, anywhere."""

    actor_id: str
    name: str
    actor_type: str
    home: str | None = None
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()


class Institution(Body):
    """A public body. `nominals` are what newspapers call it inside its own jurisdiction ("central bank")."""

    ambiguous_acronyms: tuple[str, ...] = ()
    nominals: tuple[str, ...] = ()


class Organisation(Body):
    """A company, association, project, outlet or other body that is no public institution. `nominals` are what it has
    long been among those of its home or of the world ("largest exchange", "world's largest exchange")."""

    ambiguous: tuple[str, ...] = ()
    nominals: tuple[str, ...] = ()


def _as_text(value: object) -> object:
    return value if value is None else str(value)


PartialDate = Annotated[str | None, BeforeValidator(_as_text)]


class Office(Entry):
    """An office a person held; `from`/`to` may be a year, a month or a day, and are open when absent."""

    office: str
    office_type: str
    jurisdiction: str | None = None
    organisation: str | None = None
    institution_name: str | None = None
    valid_from: PartialDate = Field(default=None, alias="from")
    valid_to: PartialDate = Field(default=None, alias="to")


class Person(Entry):
    """A person with the one word by which later mentions in an article call them (`surname`)."""

    actor_id: str
    name: str
    actor_type: str
    home: str | None = None
    aliases: tuple[str, ...] = ()
    surname: str | None = None
    offices: tuple[Office, ...] = ()


class EventSubtype(Entry):
    """A subtype; what it leaves out it inherits from its type."""

    definition: str
    plover_type: str | None = None
    plover_mode: str | None = None
    cameo_root: str | None = None
    quad_class: int | None = None
    polarity: str | None = None
    phrase: str | None = None


class EventType(Entry):
    """An event type with its mapping to PLOVER and CAMEO."""

    definition: str
    plover_type: str | None
    plover_mode: str | None = None
    cameo_root: str | None
    quad_class: int
    polarity: str
    phrase: str
    merge_family: str | None = None
    subtypes: dict[str, EventSubtype]


class Vocabulary(BaseModel):
    """All reviewed data. `version` is a hash of the files, so that a changed word re-extracts."""

    model_config = ConfigDict(frozen=True)

    version: str
    jurisdictions: dict[str, Jurisdiction]
    institutions: dict[str, Institution]
    organisations: dict[str, Organisation]
    persons: dict[str, Person]
    event_types: dict[str, EventType]
    lineage: dict[str, list[tuple[str, str]]]
    topics: dict[str, tuple[str, ...]]

    def actor_type(self, actor_id: str) -> str | None:
        """The curated type of an actor, None for an unknown one."""
        for entries in (self.institutions, self.organisations, self.persons):
            if actor_id in entries:
                return entries[actor_id].actor_type
        return None

    def country_of(self, jurisdiction_id: str) -> str:
        """The country or dependency a subdivision or zone lies in; a dependency makes its own law and is itself."""
        entry = self.jurisdictions[jurisdiction_id]
        while entry.parent and entry.jurisdiction_type in {"subdivision", "special_zone"}:
            entry = self.jurisdictions[entry.parent]
        return entry.jurisdiction_id


def slug(name: str) -> str:
    """A lower-case ASCII key with hyphens: the same name always gives the same key ("Crédit Ça" -> "credit-ca")."""
    flat = unicodedata.normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "-", flat).strip("-")
    return key or "x" + hashlib.sha256(name.encode()).hexdigest()[:12]


def _read(name: str, folder: Path) -> Any:
    path = folder / name
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise VocabularyError(f"{name}: not valid YAML: {error}") from error


def _entry(kind: type[Entry], raw: Any, place: str) -> Any:
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        reasons = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise VocabularyError(f"{place}: {reasons}") from error


def _entries(kind: type[Entry], name: str, key: str, id_field: str, folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, raw in enumerate(_read(name, folder)[key], start=1):
        entry = _entry(kind, raw, f"{name}: entry {number} ({raw.get(id_field, '?')})")
        entry_id = getattr(entry, id_field)
        if entry_id in found:
            raise VocabularyError(f"{name}: entry {number}: {id_field} {entry_id} stands twice")
        found[entry_id] = entry
    return found


def load_from(folder: Path) -> Vocabulary:
    """The vocabulary in a folder; raises `VocabularyError` with every broken rule it can name at once."""
    files = sorted(folder.glob("*.yml"))
    version = hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()[:12]
    types = _read("event_types.yml", folder)
    vocabulary = Vocabulary(
        version=version,
        jurisdictions=_entries(Jurisdiction, "jurisdictions.yml", "jurisdictions", "jurisdiction_id", folder),
        institutions=_entries(Institution, "institutions.yml", "institutions", "actor_id", folder),
        organisations=_entries(Organisation, "organisations.yml", "organisations", "actor_id", folder),
        persons=_entries(Person, "persons.yml", "persons", "actor_id", folder),
        event_types={
            key: _entry(EventType, raw, f"event_types.yml: {key}") for key, raw in types["event_types"].items()
        },
        lineage=types["lineage"],
        topics=_read("topics.yml", folder)["topics"],
    )
    faults = list(_faults(vocabulary))
    if faults:
        raise VocabularyError("\n".join(faults))
    return vocabulary


@lru_cache(maxsize=1)
def load() -> Vocabulary:
    """The shipped vocabulary, read once per process."""
    return load_from(FOLDER)


def _faults(vocabulary: Vocabulary) -> Iterable[str]:
    actors: list[Institution | Organisation | Person] = [
        *vocabulary.institutions.values(),
        *vocabulary.organisations.values(),
        *vocabulary.persons.values(),
    ]
    for actor_id, count in Counter(actor.actor_id for actor in actors).items():
        if count > 1:
            yield f"actor {actor_id} stands in more than one file"
    bodies = vocabulary.institutions.keys() | vocabulary.organisations.keys()
    for actor in actors:
        if not re.fullmatch(r"[0-9a-z]+(-[0-9a-z]+)*", actor.actor_id):
            yield f"actor {actor.actor_id}: an actor_id is lower-case words joined by hyphens"
        if actor.actor_type not in codebook.ACTOR_TYPES:
            yield f"actor {actor.actor_id}: unknown actor_type {actor.actor_type}"
        if actor.home and actor.home not in vocabulary.jurisdictions:
            yield f"actor {actor.actor_id}: home {actor.home} is no jurisdiction"
        parent = getattr(actor, "parent", None)
        if parent and parent not in bodies:
            yield f"actor {actor.actor_id}: parent {parent} is no institution or organisation"
    for person in vocabulary.persons.values():
        for office in person.offices:
            if office.organisation and office.organisation not in bodies:
                yield f"person {person.actor_id}: organisation {office.organisation} is unknown"
            if office.jurisdiction and office.jurisdiction not in vocabulary.jurisdictions:
                yield f"person {person.actor_id}: jurisdiction {office.jurisdiction} is unknown"
            for end in (office.valid_from, office.valid_to):
                if end and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", end):
                    yield f"person {person.actor_id}: {end} is no date, month or year"
    for entry in vocabulary.jurisdictions.values():
        if entry.jurisdiction_type not in codebook.JURISDICTION_TYPES:
            yield f"jurisdiction {entry.jurisdiction_id}: unknown type {entry.jurisdiction_type}"
        for other in (*entry.members, *([entry.parent] if entry.parent else [])):
            if other not in vocabulary.jurisdictions:
                yield f"jurisdiction {entry.jurisdiction_id}: {other} is no jurisdiction"
    if set(vocabulary.event_types) != set(codebook.EVENT_TYPES):
        yield f"event_types.yml and the codebook differ: {set(vocabulary.event_types) ^ set(codebook.EVENT_TYPES)}"
    if set(vocabulary.topics) != set(codebook.TOPICS):
        yield f"topics.yml and the codebook differ: {set(vocabulary.topics) ^ set(codebook.TOPICS)}"
    for steps in vocabulary.lineage.values():
        for step in {name for pair in steps for name in pair}:
            event_type, _, subtype = step.partition("/")
            if event_type not in vocabulary.event_types or (
                subtype and subtype not in vocabulary.event_types[event_type].subtypes
            ):
                yield f"event_types.yml: lineage names {step}, which does not exist"


def first_day(partial: str | None) -> date | None:
    """The first day of a year, month or day ("2022-11" -> 2022-11-01)."""
    if not partial:
        return None
    year, month, day = ([int(part) for part in partial.split("-")] + [1, 1])[:3]
    return date(year, month, day)


def government_of(jurisdiction_id: str, vocabulary: Vocabulary) -> str | None:
    """The actor that a country's name stands for when the country acts; None where no government is curated."""
    for institution in vocabulary.institutions.values():
        if institution.actor_type == "government" and institution.home == jurisdiction_id:
            return institution.actor_id
    return None


def reference_rows(vocabulary: Vocabulary) -> dict[str, list[dict[str, object]]]:
    """The vocabulary as rows of the landed reference tables, in a fixed order."""
    event_types: list[dict[str, object]] = []
    for type_name, event_type in vocabulary.event_types.items():
        base: dict[str, object] = {
            "event_type": type_name,
            "event_subtype": None,
            "definition": event_type.definition,
            "plover_type": event_type.plover_type,
            "plover_mode": event_type.plover_mode,
            "cameo_root": event_type.cameo_root,
            "quad_class": event_type.quad_class,
            "polarity": event_type.polarity,
            "merge_family": event_type.merge_family or type_name,
            "summary_phrase": event_type.phrase,
        }
        event_types.append(base)
        for subtype_name, subtype in event_type.subtypes.items():
            own = {key: value for key, value in subtype.model_dump().items() if key in subtype.model_fields_set}
            phrase = own.pop("phrase", event_type.phrase)
            event_types.append(base | own | {"event_subtype": subtype_name, "summary_phrase": phrase})

    def split(step: str) -> tuple[str, str | None]:
        event_type, _, subtype = step.partition("/")
        return event_type, subtype or None

    lineage: list[dict[str, object]] = [
        dict(
            zip(
                ("from_event_type", "from_event_subtype", "to_event_type", "to_event_subtype", "procedure"),
                (*split(first), *split(then), procedure),
                strict=True,
            )
        )
        for procedure, steps in vocabulary.lineage.items()
        for first, then in steps
    ]
    bodies: dict[str, Institution | Organisation] = {**vocabulary.institutions, **vocabulary.organisations}
    actors: list[Institution | Organisation | Person] = [*bodies.values(), *vocabulary.persons.values()]
    by_name = {name: body.actor_id for body in bodies.values() for name in (body.name, *body.aliases)}
    return {
        "event_types": event_types,
        "lineage_steps": lineage,
        "actors": [
            {
                "actor_id": actor.actor_id,
                "actor_name": actor.name,
                "actor_type": actor.actor_type,
                "home_jurisdiction_id": actor.home,
                "parent_actor_id": getattr(actor, "parent", None),
            }
            for actor in sorted(actors, key=lambda actor: actor.actor_id)
        ],
        "actor_aliases": [
            {"actor_id": actor.actor_id, "alias": alias}
            for actor in sorted(actors, key=lambda actor: actor.actor_id)
            for alias in sorted(
                {
                    *actor.aliases,
                    *getattr(actor, "acronyms", ()),
                    *getattr(actor, "ambiguous_acronyms", ()),
                    *getattr(actor, "ambiguous", ()),
                }
                - {actor.name}
            )
        ],
        "actor_roles": [
            {
                "actor_id": person.actor_id,
                "office": office.office,
                "office_type": office.office_type,
                "organisation_actor_id": office.organisation
                or by_name.get(office.institution_name or "")
                or (government_of(office.jurisdiction, vocabulary) if office.jurisdiction else None),
                "valid_from": first_day(office.valid_from),
                "valid_to": first_day(office.valid_to),
            }
            for person in sorted(vocabulary.persons.values(), key=lambda person: person.actor_id)
            for office in person.offices
        ],
        "jurisdictions": [
            {
                "jurisdiction_id": entry.jurisdiction_id,
                "jurisdiction_name": entry.name,
                "jurisdiction_type": entry.jurisdiction_type,
                "iso_alpha3": entry.iso_alpha3,
                "iso_numeric": entry.iso_numeric,
                "parent_jurisdiction_id": entry.parent,
                "region": entry.region,
                "subregion": entry.subregion,
                "currency_code": entry.currency_code,
            }
            for entry in sorted(vocabulary.jurisdictions.values(), key=lambda entry: entry.jurisdiction_id)
        ],
        "jurisdiction_blocs": [
            {"jurisdiction_id": member, "bloc_id": bloc.jurisdiction_id}
            for bloc in sorted(vocabulary.jurisdictions.values(), key=lambda entry: entry.jurisdiction_id)
            for member in sorted(set(bloc.members))
        ],
    }
