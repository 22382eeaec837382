"""Validation data scaled by numbers of its own instead of those of the training data."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.records.case import Case

_MOST = 20_000_000
_ROUNDING = 1e-6
_BYTE, _PICTURES = 255, 4


def judge(case: Case, *, surely: float = 0.02, columns: int = 2, distinct: int = 32, rows: int = 16) -> Iterator[Found]:
    """`columns` features or more have mean 0 and spread 1 in the training data, and in the validation data as well, all
    of them closer than `surely` of the standard error that `rows` rows or more would have if both were scaled alike;
    or the smallest of each is 0 and the largest 1 in both, in features of more than `distinct` values that come to
    either end as seldom as to others. Pictures and bytes have these ends by nature, what is cut off as well.
    """
    if case.validation is None:
        raise Unfit("there is no validation data")
    for name, given in case.validation[0].items():
        known = case.inputs.get(name)
        if known is None or known.dtype.kind != "f" or given.dtype.kind != "f" or known.shape[1:] != given.shape[1:]:
            continue
        if max(known.size, given.size) > _MOST or known is given or np.array_equal(known, given):
            continue
        train, other = (values.reshape(-1, values.shape[-1]).astype(np.float64) for values in (known, given))
        if known.ndim < 2 or min(len(train), len(other)) < rows:
            continue
        ways = [(_standardised, "mean 0 and spread 1"), (_from_zero_to_one, "0 as least and 1 as most")]
        for exactly, told in ways[: 2 if known.ndim < _PICTURES else 1]:
            scaled = exactly(train, surely, distinct)
            if scaled.sum() >= columns and exactly(other[:, scaled], surely, distinct).all():
                yield _found(name, told, int(scaled.sum()))
                break


def _standardised(values: np.ndarray, surely: float, _distinct: int) -> np.ndarray:
    n, spread = len(values), values.std(axis=0)
    away = np.abs(values.mean(axis=0)) * np.sqrt(n)
    wide = np.minimum(np.abs(spread - 1), np.abs(spread * np.sqrt(n / (n - 1)) - 1)) * np.sqrt(2 * n)
    return np.asarray((away < surely) & (wide < surely))


def _from_zero_to_one(values: np.ndarray, _surely: float, distinct: int) -> np.ndarray:
    ends = (np.abs(values.min(axis=0)) < _ROUNDING) & (np.abs(values.max(axis=0) - 1) < _ROUNDING)
    return np.array(
        [bool(end) and _many_values(column, distinct) for end, column in zip(ends, values.T, strict=True)], bool
    )


def _many_values(column: np.ndarray, distinct: int) -> bool:
    values, counts = np.unique(column, return_counts=True)
    of_bytes = bool((np.abs(values * _BYTE - np.round(values * _BYTE)) < _BYTE * _ROUNDING).all())
    return len(values) > distinct and not of_bytes and bool(max(counts[0], counts[-1]) <= 3 * np.median(counts))


def _found(name: str, told: str, columns: int) -> Found:
    return Found(
        why=f"{columns} features of input {name} have {told} in the training data, and exactly so in the validation "
        "data: it was scaled by numbers of its own, and the same measurement means another thing in each.",
        fix="scaler.fit(x_train)  # once, and then both alike\n"
        "x_train, x_test = scaler.transform(x_train), scaler.transform(x_test)",
        measured=float(columns),
        threshold=0.0,
        measured_in="features scaled apart",
        evidence={"input": name},
    )


CHECK = Check(
    judge=judge,
    cause="input_scaling",
    severity="warning",
    source="scikit-learn, Common pitfalls: inconsistent preprocessing; a sample has the mean of another only by chance",
    rank=15,
    program="own_scaled_by_itself",
)
