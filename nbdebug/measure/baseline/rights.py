"""Which examples only one of two models gets right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from nbdebug.measure.metrics.examples import Examples
from nbdebug.records.ports import OutputKind


@dataclass(frozen=True)
class Right:
    """Where two models differ.

    Args:
        scores: of the first and of the second: share of label 1, share given to the true class, or a number.
        wrong: which examples the first gets wrong.
        miss: how far the first is from the label.
        only_first, only_second: examples that one alone gets right, the largest gap first.
        correlation: of their scores, NaN where one is constant.
        meaning: of "right", in words.
    """

    scores: tuple[Float[np.ndarray, "example"], Float[np.ndarray, "example"]]
    wrong: Bool[np.ndarray, "example"]
    miss: Float[np.ndarray, "example"]
    only_first: Int[np.ndarray, "found"]
    only_second: Int[np.ndarray, "missed"]
    correlation: float
    meaning: str


def who_is_right(first: Examples, second: Examples, kind: OutputKind) -> Right:
    """Right is the outcome at the threshold, the class, or (for numbers) an error up to the second's median error."""
    a, b = ((each.prediction if each.label_share is None else each.label_share) for each in (first, second))
    misses = [np.abs((1.0 if kind == "multiclass" else first.label) - score) for score in (a, b)]
    if kind == "regression":
        close = float(np.median(misses[1]))
        hits, gap = [miss <= close for miss in misses], np.abs(misses[0] - misses[1])
        meaning = f"an error of {close:.3g} or less, the median error of the baseline"
    else:
        binary = kind == "binary"
        hits = [each.is_called == each.is_positive if binary else each.hits for each in (first, second)]
        meaning = f"the outcome when 1 is predicted from {first.threshold:g} on" if binary else "the class"
        gap = np.abs(a - b)
    only = [np.flatnonzero(hits[i] & ~hits[1 - i]) for i in (0, 1)]
    mine, theirs = (which[np.argsort(-gap[which], kind="stable")] for which in only)
    return Right((a, b), ~hits[0], misses[0], mine, theirs, _correlation(a, b, first.weights), meaning)


def _correlation(first: np.ndarray, second: np.ndarray, weights: np.ndarray) -> float:
    """Pearson's, weighted."""
    a, b = (values - np.average(values, weights=weights) for values in (first, second))
    spread = np.sqrt(np.average(a**2, weights=weights) * np.average(b**2, weights=weights))
    return float(np.average(a * b, weights=weights) / spread) if spread > 0 else float("nan")
