"""Whether a confidence means what it says: how often what was told with it was right."""

from __future__ import annotations

from collections.abc import Sequence

BINS = 10
SURE = 0.8


def reliability(judged: Sequence[tuple[float, bool]]) -> dict[str, float]:
    """Figures over (confidence, was right) pairs.

    `calibration_error` is the expected calibration error: the distance between mean confidence and share right, over
    ten bins of equal width weighted by their size (Naeini et al., 2015). `right_above_080` is the share right among
    those above .8, `share_above_080` how many these are, and `right_from_0x0` the reliability table, a bin each.
    """
    figures: dict[str, float] = {}
    error = 0.0
    for number in range(BINS):
        inside = [(c, right) for c, right in judged if min(int(c * BINS), BINS - 1) == number]
        if inside:
            share = sum(right for _, right in inside) / len(inside)
            error += abs(sum(c for c, _ in inside) / len(inside) - share) * len(inside) / len(judged)
            figures[f"right_from_0{number}0"] = share
    sure = [right for confidence, right in judged if confidence > SURE]
    return {
        "calibration_error": error,
        "right_above_080": sum(sure) / len(sure) if sure else 0.0,
        "share_above_080": len(sure) / len(judged) if judged else 0.0,
        **figures,
    }
