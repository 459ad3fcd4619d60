"""Detects acts with a small learned model: an int8 encoder run by onnxruntime, and four linear heads in numpy.

For every sentence, read with the headline and the sentence before it, the model says which event types it tells, which
tokens trigger them, the subtype and status of each act, whether it is background, and which tokens play which role.
Spans are made of tokens of the sentence, so nothing can come out that is not in the text. Rumours, and incidents that
the model is not very sure of, need words of their own beside it. Training is described in
`training/README.md`; the files in `model/` are checked by hash when they are loaded.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from spacy.tokens import Doc, Span
from tokenizers import Tokenizer

from pipelines import codebook
from pipelines.extract.actors import ArticleNames
from pipelines.extract.candidate import Argument, Candidate
from pipelines.extract.encoding import ROLE_TAGS, STATUSES, TYPES, Encoded, encode
from pipelines.extract.identity import DETECTOR, MODEL_FOLDER, ModelError, model_version, read_manifest

# Below this a type is not looked at further.
FAINT_TYPE = 0.1
# A token above this is part of a trigger.
TRIGGER_THRESHOLD = 0.5
# An act is told when it is right at least this often among the labelled sentences that look like it.
KEEP = 0.45
MIN_WORDS = 4
# What a rumour is told by. Without such words a report is no rumour, whoever made it.
HEARSAY = re.compile(
    r"\b(?:alleg\w+|reportedly|rumou?r\w*|purported\w*|supposed\w*|apparently|unconfirmed|speculat\w+|leak\w*|tipp?ed"
    r"|sources?|insiders?|anonym\w+|(?:people|person|persons|officials?)\s(?:familiar|close|briefed|with|who|at|near)"
    r"|(?:is|are|was|were|been)\s(?:widely\s)?(?:said|reported|believed|understood|thought|rumoured|tipped)\sto"
    r"|(?:media|press|local|news)\s(?:\w+\s)?reports?|reports\s(?:say|said|suggest\w*|claim\w*|emerged|of|that)"
    r"|claim\w*|(?:not|nor|n['’]t|nobody|never)\s(?:\w+\s)?(?:confirm\w*|comment\w*)|declin\w+\sto)\b",
    re.IGNORECASE,
)
# What thefts, frauds and failures are told by. An incident without such a word, of which the model is not very sure, is
# right less than one time in three: unreported transfers, surges of deposits, debts.
INCIDENT = re.compile(
    r"hack|steal|stole|theft|thie[fv]|robb|heist|drain|siphon|exploit|breach|attack|compromis|phish|ransom|malware|scam|fraud"
    r"|swindl|ponzi|pyramid|\brug\b|leak|intru|infiltrat|br(?:eak|oke)\w*[\s-]in|los[est]|missing|vanish|disappear|\bgone\b"
    r"|embezzl|launder|cheat|duped|decei|fake|impost|impersonat|extort|kidnap|hijack|manipulat|vulnerab|\bbug\b|peg\b"
    r"|misappropriat|unauthori|wip(?:ed|ing)|empt(?:y|ied)|loot|plunder|\bt(?:ook|aken)\b|mixer|wallet|cyber|crim|victim"
    r"|trick|lur(?:ed|ing)|false|pump|collaps|glitch|flaw|outage|conned|skimm|double.spen|counterfeit|spoof|coins|money"
    r"|fault|unavailab|degraded|stood\sstill|halt|offline|withdraw|validator|bridge|server|misconfigur|encrypt|gang\b",
    re.IGNORECASE,
)
SURE_INCIDENT = 0.9

Array = npt.NDArray[np.float32]


def _sigmoid(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)


def _logit(p: float) -> float:
    bounded = min(max(float(p), 1e-4), 1 - 1e-4)
    return float(np.log(bounded / (1 - bounded)))


def _softmax(x: Array) -> Array:
    shifted = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Sentence:
    block: int
    span: Span
    encoded: Encoded


class LearnedModel:
    """The files of a model folder, checked and loaded (about half a second)."""

    def __init__(self, folder: Path) -> None:
        manifest = read_manifest(folder)
        for name, wanted in manifest["sha256"].items():
            path = folder / name
            found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"
            if found != wanted:
                raise ModelError(f"{name} of the event model is {found[:12]}, not {wanted[:12]}: reinstall gazette")
        codes = (tuple(manifest["types"]), tuple(manifest["statuses"]), tuple(manifest["role_tags"]))
        if codes != (TYPES, STATUSES, ROLE_TAGS):
            raise ModelError("the event model was trained for other closed lists than the codebook's: train it again")
        self.version = model_version(manifest)
        self.subtypes: list[str] = manifest["subtypes"]
        self.calibration: dict[str, float] = manifest["calibration"]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # documents are spread over processes, and one thread is reproducible
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        with np.load(folder / "heads.npz", allow_pickle=False) as heads:
            self.heads: dict[str, Array] = {name: heads[name] for name in heads.files}
        self.subtypes_of = {
            event_type: [i for i, name in enumerate(self.subtypes) if name.startswith(f"{event_type}/")]
            for event_type in TYPES
        }

    def linear(self, name: str, x: Array) -> Array:
        """One head applied to hidden states."""
        return x @ self.heads[f"{name}_weight"].T + self.heads[f"{name}_bias"]

    def hidden(self, batch: Sequence[Encoded]) -> Array:
        """Hidden states, batch x tokens x width, zero-padded to the longest input."""
        longest = max(len(item.ids) for item in batch)
        ids = np.zeros((len(batch), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        segments = np.zeros_like(ids)
        for row, item in enumerate(batch):
            ids[row, : len(item.ids)] = item.ids
            mask[row, : len(item.ids)] = 1
            segments[row, : len(item.ids)] = item.segments
        names = {"input_ids": ids, "attention_mask": mask, "token_type_ids": segments}
        return np.asarray(self.session.run(["hidden"], names)[0], dtype=np.float32)


@lru_cache(maxsize=1)
def shipped_model() -> LearnedModel:
    """The shipped model, loaded once per process."""
    return LearnedModel(MODEL_FOLDER)


class LearnedDetector:
    """The learned detector."""

    name = DETECTOR

    def __init__(self, model: LearnedModel | None = None, keep: float = KEEP) -> None:
        self.model = model or shipped_model()
        self.keep = keep
        self.version = self.model.version

    def detect(self, docs: Sequence[Doc], readable: Sequence[bool], names: ArticleNames) -> list[Candidate]:
        """See `Detector.detect`."""
        headline = docs[0].text if docs and not readable[0] else None
        sentences: list[_Sentence] = []
        previous: str | None = None
        for block, doc in enumerate(docs):
            if not readable[block]:
                continue
            for span in doc.sents:
                text = span.text
                if len(text.split()) >= MIN_WORDS:
                    sentences.append(_Sentence(block, span, encode(self.model.tokenizer, headline, previous, text)))
                previous = text
        found: list[Candidate] = []
        # One sentence at a time gives the same digits whatever stands beside it; an int8 batch does not.
        for sentence in sentences:
            hidden = self.model.hidden([sentence.encoded])[0]
            found.extend(self._decode(sentence, hidden))
        found.sort(key=lambda candidate: (candidate.block, candidate.start))
        return found

    def _decode(self, sentence: _Sentence, hidden: Array) -> list[Candidate]:
        model, spans = self.model, sentence.encoded.spans
        if not spans:
            return []
        cls = hidden[0]
        own = hidden[sentence.encoded.first : sentence.encoded.first + len(spans)]
        told = _sigmoid(model.linear("types", cls))
        triggers = _softmax(model.linear("trigger", own))
        found = []
        for number, event_type in enumerate(TYPES):
            if told[number] < FAINT_TYPE:
                continue
            per_token = triggers[:, number + 1]
            for tokens in self._runs(per_token):
                act = self._act(sentence, event_type, tokens, (told[number], per_token[tokens].max()), own, cls)
                if act.confidence >= self.keep and not is_doubtful(act, sentence.span.text):
                    found.append(act)
        return found

    def confidence(self, features: dict[str, float]) -> float:
        """How often an act with these features is right, by the calibration that stands beside the model."""
        weights = self.model.calibration
        score = weights["bias"] + sum(weights[name] * value for name, value in features.items())
        return round(float(_sigmoid(np.asarray([score], dtype=np.float32))[0]), 3)

    @staticmethod
    def _runs(per_token: Array) -> list[list[int]]:
        """Stretches of tokens that trigger a type; the single best token where none is clear."""
        marked = [index for index, value in enumerate(per_token) if value >= TRIGGER_THRESHOLD]
        if not marked:
            return [[int(per_token.argmax())]]
        runs = [[marked[0]]]
        for index in marked[1:]:
            if index - runs[-1][-1] <= 2:
                runs[-1].append(index)
            else:
                runs.append([index])
        return runs

    def _act(
        self, sentence: _Sentence, event_type: str, tokens: list[int], sure: tuple[float, float], own: Array, cls: Array
    ) -> Candidate:
        model, spans = self.model, sentence.encoded.spans
        offset = sentence.span.start_char
        state = own[tokens].mean(axis=0)
        act = np.maximum(model.linear("act", np.concatenate([state, cls])), 0)
        choices = model.subtypes_of[event_type]
        names = [model.subtypes[choice].partition("/")[2] for choice in choices]
        status = likely_status(_softmax(model.linear("status", act)), sentence.span.text)
        background = float(_sigmoid(model.linear("background", act))[0])
        mixed = np.maximum(model.linear("role_token", own) + model.linear("role_act", state), 0)
        arguments = tuple(_arguments(model.linear("role", mixed), spans, offset))
        return Candidate(
            block=sentence.block,
            start=offset + _word_start(sentence.span.text, spans[tokens[0]][0]),
            end=offset + _word_end(sentence.span.text, spans[tokens[-1]][1]),
            event_type=event_type,
            event_subtype=sure_subtype(_softmax(model.linear("subtype", act)[choices]), names),
            status=status,
            status_rule="learned_status",
            ahead=status in {"announced", "proposed", "hypothetical"},
            is_background=background > 0.5,
            arguments=arguments,
            confidence=self.confidence(
                {
                    "type": _logit(sure[0]),
                    "trigger": _logit(sure[1]),
                    "no_party": float(not any(argument.role in codebook.ROLES for argument in arguments)),
                }
            ),
            rule="learned_type",
        )


def is_doubtful(act: Candidate, sentence: str) -> bool:
    """Whether an incident is told without a word that incidents are told by, and none too surely."""
    is_unsure = act.event_type == "security_incident" and act.confidence < SURE_INCIDENT
    return is_unsure and not INCIDENT.search(sentence)


def likely_status(likely: Array, sentence: str) -> str:
    """The likeliest status; a rumour only where the sentence tells one, for what a paper reports it reports as a fact
    or as a plan."""
    best = STATUSES[int(likely.argmax())]
    if best != "rumored" or HEARSAY.search(sentence):
        return best
    return STATUSES[int(np.where([name in _REPORTED for name in STATUSES], likely, 0).argmax())]


_REPORTED = frozenset({"occurred", "ongoing", "announced", "proposed", "hypothetical"})


def sure_subtype(likely: Array, names: Sequence[str]) -> str | None:
    """The subtype that is likelier than all others of its type together; none where there is no such one, for what is
    told below one half is wrong two times in three."""
    best = int(likely.argmax())
    return names[best] or None if likely[best] >= 0.5 else None


def _word_start(text: str, at: int) -> int:
    """The beginning of the word that a piece of it stands in."""
    while at > 0 and text[at - 1].isalnum() and text[at].isalnum():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    while 0 < at < len(text) and text[at].isalnum() and text[at - 1].isalnum():
        at += 1
    return at


def _arguments(likely: Array, spans: list[tuple[int, int]], offset: int) -> list[Argument]:
    """Role tags as phrases; an inside tag without its beginning opens a phrase too. `likely` is tokens x tags."""
    found: list[Argument] = []
    open_role, start, end = "", -1, -1
    for tag, (first, last) in [*zip(likely.argmax(axis=1), spans, strict=True), (0, (0, 0))]:
        mark, _, role = ROLE_TAGS[tag].partition("-")
        if mark == "I" and role == open_role:
            end = last
            continue
        if open_role:
            found.append(Argument(open_role, offset + start, offset + end))
        open_role, start, end = role, first, last
    return found
