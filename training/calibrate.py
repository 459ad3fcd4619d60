"""Fits how far the trained detector's sureness can be trusted, and writes it into the model's manifest.

    python training/calibrate.py [--model DIR]

Every mention that would be told at any sureness on the tuned part of the golden sentences is right (its type is
among those of a labelled event not matched before) or not; a logistic regression on the detector's own figures makes
that a probability (Platt, 1999). The blind part stays out: `gazette score` measures on it whether the figures hold.
Needs the pipeline's own packages only.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from pipelines.extract.extractor import EventExtractor
from pipelines.extract.identity import MODEL_FOLDER
from pipelines.extract.learned import LearnedDetector, LearnedModel
from pipelines.scorecard.measure import GOLDEN
from pipelines.scorecard.sentences import predictions_of, read_sentences

FEATURES = ("type", "trigger", "no_party")
RIDGE = 1e-2


class Recorder(LearnedDetector):
    """Tells every act, and keeps the figures it was judged by under the sureness it was told with."""

    def __init__(self, model: LearnedModel) -> None:
        super().__init__(model, keep=0.0)
        self.seen: dict[float, dict[str, float]] = {}

    def confidence(self, features: dict[str, float]) -> float:
        """The type's own sureness, made unlike any other's."""
        sureness = 1 / (1 + np.exp(-features["type"])) + 1e-9 * len(self.seen)
        self.seen[sureness] = features
        return sureness


def observations(model: LearnedModel) -> tuple[np.ndarray, np.ndarray]:
    """Figures (mentions x features) and whether each mention was right."""
    recorder = Recorder(model)
    extractor = EventExtractor(recorder)
    rows: list[list[float]] = []
    right: list[float] = []
    for sentence in read_sentences((GOLDEN / "sentences").glob("tuned_*.jsonl")):
        free = [event["types"] for event in sentence["events"]]
        for mention in sorted(predictions_of(sentence, extractor), key=lambda mention: -mention["confidence"]):
            hit = next((types for types in free if mention["event_type"] in types), None)
            if hit is not None:
                free.remove(hit)
            figures = recorder.seen[mention["confidence"]]
            rows.append([1.0, *(figures[name] for name in FEATURES)])
            right.append(float(hit is not None))
    return np.array(rows), np.array(right)


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Ridge logistic regression by Newton's method; returns bias and weights."""
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = x.T @ (x * (p * (1 - p))[:, None]) + RIDGE * np.eye(x.shape[1])
        step = np.linalg.solve(hessian, x.T @ (y - p) - RIDGE * weights)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def main() -> None:
    """Fit, show what each cut would keep, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    folder = parser.parse_args().model
    x, y = observations(LearnedModel(folder))
    weights = fit(x, y)
    p = 1 / (1 + np.exp(-x @ weights))
    for cut in np.arange(0.2, 0.95, 0.05):
        kept = p >= cut
        share, of_all = y[kept].mean(), y[kept].sum() / y.sum()
        print(f"from {cut:.2f}: {kept.sum():5d} acts, right {share:.3f}, of all right ones {of_all:.3f}")
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["calibration"] = {name: round(float(w), 4) for name, w in zip(("bias", *FEATURES), weights, strict=True)}
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    print(manifest["calibration"])


if __name__ == "__main__":
    main()
