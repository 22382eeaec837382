"""A loss of the user's own that predictions far off the labels lower without end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._probed import labels_as_predictions, mean_losses
from nbdebug.records.case import Case, End

_STEPS = (10.0, 100.0, 1000.0)


def judge(case: Case, *, times: float = 5.0) -> Iterator[Found]:
    """Of numbers as labels: the loss falls when all predictions are the labels plus (or minus) 10, 100 and 1,000
    spreads, each time by at least `times` as much as before: a loss has its lowest value where predictions are right.
    Labels of two values are left alone: critics are trained so.
    """
    for end in case.ends:
        if end.loss is None or end.loss.kind != "other":
            continue
        labels = _numbers(case, end)
        if labels is None:
            continue
        unit = float(labels.std()) or 1.0
        for sign, told in ((1, "above"), (-1, "below")):
            losses = mean_losses(end, (labels + sign * far * unit for far in (0.0, *_STEPS)))
            if losses is None:
                continue
            falls = -np.diff(losses)
            if falls[0] > 0 and bool((falls[1:] >= times * falls[:-1]).all()):
                yield Found(
                    why=f"The loss {end.loss.name} of output {end.name} is {losses[0]:.3g} where predictions equal the "
                    f"labels, and {losses[-1]:.3g} where they are far {told} them: training drives them there.",
                    fix='model.compile(..., loss="mse")  # or the square, or the magnitude, of the difference',
                    output=end.name,
                    layer=end.node,
                    measured=float(losses[-1]),
                    threshold=float(losses[0]),
                    measured_in="loss of predictions far off the labels",
                )
                break


def _numbers(case: Case, end: End) -> np.ndarray | None:
    if end.labels.kind not in ("numbers", "shares") or end.labels.distinct <= 2:
        return None
    return labels_as_predictions(case, end)


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="Goodfellow et al. 2016, Deep Learning, 5.2: what is minimised has to be lowest where predictions are right",
    rank=15,
    explains=("initialisation", "dynamics"),
)
