"""The vocabulary loads, covers the world, and a typo in it fails with file, entry and reason."""

import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from pipelines import schemas
from pipelines.vocabulary.loader import FOLDER, VocabularyError, load, load_from, reference_rows, slug


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the vocabulary that a test may spoil."""
    for path in FOLDER.glob("*.yml"):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    """Replace the first occurrence of a string in a file of the copy."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_world_is_covered() -> None:
    vocabulary = load()
    homes = Counter(i.home for i in vocabulary.institutions.values() if i.actor_type in {"central_bank", "regulator"})
    assert len(homes) >= 120
    assert len(vocabulary.organisations) >= 200
    assert sum(bool(person.offices) for person in vocabulary.persons.values()) >= 150


def test_reference_rows_keep_their_models() -> None:
    rows = reference_rows(load())
    assert rows.keys() == schemas.REFERENCE.keys()
    for table, model in schemas.REFERENCE.items():
        schemas.validated(model, schemas.frame(model, rows[table]))


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("organisations.yml", "actor_type: exchange", "actor_typ: exchange", "actor_typ"),
        ("organisations.yml", "actor_type: exchange", "actor_type: bazaar", "bazaar"),
        ("organisations.yml", "home: US", "home: QQ", "QQ"),
        ("jurisdictions.yml", "parent: MY", "parent: QQ", "QQ"),
        ("persons.yml", "office_type: ceo", "ofice_type: ceo", "ofice_type"),
        ("event_types.yml", 'cameo_root: "04"', 'cameo_rot: "04"', "event_types.yml: meeting: .*cameo_rot"),
        ("topics.yml", "  cbdc:", "  cbdx:", "cbdx"),
        (
            "event_types.yml",
            "[regulation/consultation, regulation/draft]",
            "[regulation/consult, regulation/draft]",
            "consult",
        ),
    ],
)
def test_a_typo_fails_and_says_where(copy: Path, name: str, old: str, new: str, says: str) -> None:
    spoil(copy, name, old, new)
    with pytest.raises(VocabularyError, match=says):
        load_from(copy)


def test_a_changed_word_changes_the_version(copy: Path) -> None:
    before = load_from(copy).version
    spoil(copy, "topics.yml", "legal tender", "lawful tender")
    assert load_from(copy).version != before


@pytest.mark.parametrize(
    ("name", "key"),
    [("Bank Negara Malaysia", "bank-negara-malaysia"), ("Crédit & Co.", "credit-and-co"), ("O’Brien", "obrien")],
)
def test_slugs_are_plain_and_stable(name: str, key: str) -> None:
    assert slug(name) == key


def test_a_name_without_latin_letters_still_gets_a_key() -> None:
    assert slug("币安").startswith("x")
    assert slug("币安") != slug("火币")


# The chains that readers follow; each step must be one of the vocabulary.
@pytest.mark.parametrize(
    "chain",
    [
        ["regulation/consultation", "legislation/introduced", "legislation/enacted", "legislation/in_force"],
        ["enforcement/charge", "enforcement/settlement", "court_ruling/sentence", "legal_relief/pardon"],
        ["licensing/applied", "licensing/granted", "license_withdrawn/revoked"],
        ["launch/research", "launch/pilot", "launch/full"],
    ],
)
def test_lineage_leads_along_every_step_of_a_chain(chain: list[str]) -> None:
    steps = {step for steps in load().lineage.values() for step in steps}
    for earlier, later in pairwise(chain):
        wanted = {(one, other) for one in (earlier, earlier.split("/")[0]) for other in (later, later.split("/")[0])}
        assert wanted & steps, (earlier, later)
