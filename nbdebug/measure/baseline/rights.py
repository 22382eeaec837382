"""Which examples only one of two models gets right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Int

from nbdebug.measure.metrics.examples import Examples
from nbdebug.records.ports import OutputKind


@dataclass(frozen=True)
class Right:
    """Where two models differ.

    Args:
        only_first, only_second: examples that one alone gets right, the largest gap first.
        correlation: of their predictions, NaN where one is constant.
        meaning: of "right", in words.
    """

    only_first: Int[np.ndarray, "found"]
    only_second: Int[np.ndarray, "missed"]
    correlation: float
    meaning: str


def who_is_right(first: Examples, second: Examples, kind: OutputKind) -> Right:
    """Right is the outcome at the threshold, the class, or (for numbers) an error up to the second's median error."""
    if kind == "regression":
        errors = [np.abs(each.prediction - each.label) for each in (first, second)]
        close = float(np.median(errors[1]))
        hits, scores = [error <= close for error in errors], [first.prediction, second.prediction]
        meaning = f"an error of {close:.3g} or less, the median error of the baseline"
        gap = np.abs(errors[0] - errors[1])
    else:
        binary = kind == "binary"
        hits = [each.is_called == each.is_positive if binary else each.hits for each in (first, second)]
        scores = [each.prediction if each.label_share is None else each.label_share for each in (first, second)]
        meaning = f"the outcome when 1 is predicted from {first.threshold:g} on" if binary else "the class"
        gap = np.abs(scores[0] - scores[1])
    only = [np.flatnonzero(hits[i] & ~hits[1 - i]) for i in (0, 1)]
    in_order = [which[np.argsort(-gap[which], kind="stable")] for which in only]
    return Right(in_order[0], in_order[1], _correlation(scores[0], scores[1], first.weights), meaning)


def _correlation(first: np.ndarray, second: np.ndarray, weights: np.ndarray) -> float:
    """Pearson's, weighted."""
    a, b = (values - np.average(values, weights=weights) for values in (first, second))
    spread = np.sqrt(np.average(a**2, weights=weights) * np.average(b**2, weights=weights))
    return float(np.average(a * b, weights=weights) / spread) if spread > 0 else float("nan")
