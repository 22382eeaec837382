"""Validation labels that are the logarithm, the square or another function of what the training labels are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from scipy.stats import ks_2samp

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.data._rows import classifies
from nbdebug.measure.spread import spread
from nbdebug.records.case import Case

_BENT: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "np.log": np.log,
    "np.log1p": np.log1p,
    "np.log10": np.log10,
    "np.log2": np.log2,
    "np.sqrt": np.sqrt,
    "np.square": np.square,
}
_MOST = 20_000


def judge(case: Case, *, other: float = 1e-9, same: float = 0.02, fewest: int = 64) -> Iterator[Found]:
    """One column of numbers, `fewest` or more on each side. By Kolmogorov-Smirnov tests, training and validation labels
    are not of one distribution, as they are (p below `other`) or each brought to mean 0 and spread 1 (which a scaling
    would mend), and are once a function is taken of one side (p above `same`).
    """
    if case.validation is None:
        raise Unfit("there is no validation data")
    for end in case.ends:
        train, held = (_numbers(part.get(end.name)) for part in (case.targets, case.validation[1]))
        if train is None or held is None or end.labels.kind not in ("numbers", "shares") or classifies(end):
            continue
        if min(len(train), len(held)) < fewest or _alike(train, held) > other:
            continue
        if _alike(_standardised(train), _standardised(held)) > same:
            continue
        for side, one, two in (("training", held, train), ("validation", train, held)):
            name = _best(one, two, same)
            if name is not None:
                yield _found(end.name, side, name, _alike(train, held), other)
                break


def _best(plain: np.ndarray, bent: np.ndarray, same: float) -> str | None:
    """The function of `plain` that is most like `bent`, None where none is."""
    likely: dict[str, float] = {}
    for name, function in _BENT.items():
        with np.errstate(invalid="ignore", divide="ignore"):
            values = function(plain)
        likely[name] = _alike(values, bent) if np.isfinite(values).all() else 0.0
    best = max(likely, key=lambda name: likely[name])
    return best if likely[best] > same else None


def _alike(one: np.ndarray, other: np.ndarray) -> float:
    return float(ks_2samp(one, other).pvalue)


def _standardised(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / (values.std() or 1.0)


def _numbers(y: np.ndarray | None) -> np.ndarray | None:
    if y is None or y.dtype.kind not in "fiu" or y.size != len(y):
        return None
    values = spread(y, _MOST).reshape(-1).astype(np.float64)
    return values[np.isfinite(values)]


def _found(output: str, side: str, name: str, likely: float, limit: float) -> Found:
    left = "validation" if side == "training" else "training"
    return Found(
        why=f"The {side} labels of {output} are distributed as {name} of the {left} labels, and not as those "
        f"themselves (p = {likely:.1g}): {name} was taken on one side only.",
        fix=f"y_{left} = {name}(y_{left})  # or on neither side",
        output=output,
        measured=likely,
        threshold=limit,
        measured_in="p of one distribution for both",
    )


CHECK = Check(
    judge=judge,
    cause="target_scaling",
    severity="error",
    source="Sculley et al. 2015, Hidden technical debt (training-serving skew); Massey 1951, The Kolmogorov-Smirnov "
    "test for goodness of fit",
    rank=8,
    explains=("different_targets",),
    program="own_logarithm_on_one_side",
)
