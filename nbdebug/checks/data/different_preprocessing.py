"""Validation data on another scale than training data: one of the two was preprocessed, the other not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.data._rows import features
from nbdebug.records.case import Case


def judge(case: Case, *, factor: float = 10.0, share: float = 0.5, values: int = 16) -> Iterator[Found]:
    """At least a share of `share` of the features that vary has a spread `factor` times larger or smaller, or a mean
    `factor` spreads away. Drift moves a few features by a few spreads, preprocessing moves most by far more. At least
    `values` of each feature, so that a spread is a spread.
    """
    if case.validation is None:
        raise Unfit("there is no validation data")
    for name, given in case.validation[0].items():
        known = case.inputs.get(name)
        if known is None or known.dtype.kind not in "fiu" or given.dtype.kind not in "fiu":
            continue
        train, other = (rows[np.isfinite(rows).all(axis=1)] for rows in (features(known), features(given)))
        if train.shape[1:] != other.shape[1:] or min(len(train), len(other)) < values:
            continue
        one, two = train.std(axis=0), other.std(axis=0)
        varies = (one > 0) & (two > 0)
        if not varies.any():
            continue
        ratio = two[varies] / one[varies]
        away = np.abs(other.mean(axis=0) - train.mean(axis=0))[varies] / one[varies]
        apart = (ratio >= factor) | (ratio <= 1 / factor) | (away >= factor)
        if apart.mean() < share:
            continue
        middle = float(np.median(ratio))
        yield Found(
            why=f"Input {name} "
            + (
                f"lies {np.median(away):,.0f} spreads away in the validation data"
                if 1 / factor < middle < factor
                else f"varies {_times(middle)} in the validation data as in the training data"
            )
            + ": one of the two was scaled, the other not.",
            fix="scaler.fit(x_train)  # once, and then both alike\n"
            "x_train, x_test = scaler.transform(x_train), scaler.transform(x_test)",
            measured=middle,
            threshold=factor,
            measured_in="spread of validation inputs over that of training inputs",
            evidence={"input": name},
        )


def _times(ratio: float) -> str:
    return f"{ratio:,.0f} times as much" if ratio >= 1 else f"only 1/{1 / ratio:,.0f} as much"


CHECK = Check(
    judge=judge,
    cause="input_scaling",
    severity="error",
    source="Sculley et al. 2015, Hidden technical debt (training-serving skew); Breck et al. 2019",
    rank=8,
    explains=("unscaled_inputs",),
    program="dl_59325381",
)
