"""A loss of the user's own, for a number and its spread, that one of the units lowers without end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._probed import mean_losses
from nbdebug.checks.contract._reach import activation_of
from nbdebug.records.case import Case, End

_FAR = (1.0, 2.0, 4.0, 8.0)
_LEAST = 20.0


def judge(case: Case, *, times: float = 1.8) -> Iterator[Found]:
    """Several units, without an activation, for one number: with the first predictions as they are, but one unit at ten
    times the largest label (or 20), twice, four and eight times as far, the loss falls each time by at least `times` as
    much as before. A likelihood rises on either side: where the spread is too small for the errors, and where it is too
    large; a quantile does beyond the labels.
    """
    for end in case.ends:
        if end.loss is None or end.loss.kind != "other" or not _of_one_number(case, end):
            continue
        away = max(_LEAST, 10 * abs(end.labels.minimum), 10 * abs(end.labels.maximum))
        for unit, sign in ((unit, sign) for unit in range(end.units) for sign in (-1, 1)):
            losses = mean_losses(end, (_with(end, unit, sign * far * away) for far in _FAR))
            if losses is None:
                continue
            falls = -np.diff(losses)
            if falls[0] > 0 and bool((falls[1:] >= times * falls[:-1]).all()):
                yield _found(end, unit, sign * away, losses)
                break


def _of_one_number(case: Case, end: End) -> bool:
    known = end.labels.kind in ("numbers", "shares") and not end.labels.missing and end.labels.distinct > 2
    one = case.targets[end.name][0].size == 1 if known else False
    several = end.values.ndim == 2 and end.units > 1 and activation_of(case, end) == "linear"
    return one and several and bool(np.isfinite(end.values).all())


def _with(end: End, unit: int, value: float) -> np.ndarray:
    values = end.values.copy()
    values[:, unit] = value
    return values


def _found(end: End, unit: int, away: float, losses: np.ndarray) -> Found:
    first, last = float(losses[0]), float(losses[-1])
    return Found(
        why=f"The loss {end.loss.name if end.loss else ''} of output {end.name} falls without end as unit {unit} goes "
        f"{'up' if away > 0 else 'down'} ({first:.3g} at {away:.3g}, {last:.3g} at {_FAR[-1] * away:.3g}), however "
        "wrong the rest is: training drives it there.",
        fix="0.5 * (log_var + (y_true - mean) ** 2 * keras.ops.exp(-log_var))  # errors are divided by the variance",
        output=end.name,
        layer=end.node,
        measured=last,
        threshold=first,
        measured_in=f"loss with unit {unit} far out",
    )


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="Nix and Weigend 1994, Estimating the mean and variance of the target probability distribution, 2",
    rank=15,
    explains=("initialisation", "dynamics"),
    program="own_variance_the_wrong_way",
)
