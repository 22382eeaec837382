"""A loss of the user's own is no number for labels that the data holds, such as an error divided by a label of 0."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._probed import any_loss
from nbdebug.records.case import Case, End

_ASKED = 64


def judge(case: Case, *, spread: float = 1.0) -> Iterator[Found]:
    """The loss of the first examples is no number with the predictions that the network makes: those examples are
    asked for alone, with their prediction and with ones `spread` above and below it. Where none is a number while
    other examples have one with theirs, it is their label that the loss cannot take.
    """
    for end in case.ends:
        if end.loss is None or end.loss.kind != "other" or end.labels.missing or not np.isfinite(end.values).all():
            continue
        found = any_loss(end, end.values)
        if found is None or np.isfinite(found):
            continue
        broken = [_is_broken(end, at, spread) for at in range(min(len(end.values), _ASKED))]
        if any(broken) and not all(broken):
            labels = case.targets[end.name][: len(broken)][np.array(broken)]
            yield Found(
                why=f"The loss {end.loss.name} of output {end.name} is {found} for labels such as {_told(labels)}, "
                f"whatever is predicted: {sum(broken)} of {len(broken)} examples have one. After one batch with such a "
                "label every weight is nan.",
                fix="error / keras.ops.maximum(keras.ops.abs(y_true), 1.0)  # nothing that is divided by, and no\n"
                "# argument of a logarithm, may be 0",
                output=end.name,
                layer=end.node,
                measured=sum(broken) / len(broken),
                threshold=0.0,
                measured_in="share of examples without a loss",
                examples=tuple(int(at) for at in np.flatnonzero(broken)),
            )


def _is_broken(end: End, at: int, spread: float) -> bool:
    assert end.batch_loss is not None
    value = end.values[at : at + 1].astype(np.float32)
    losses = [end.batch_loss(given, np.array([at])) for given in (value, value - spread, value + spread)]
    return all(loss is not None and not np.isfinite(loss) for loss in losses)


def _told(labels: np.ndarray) -> str:
    return ", ".join(f"{value:g}" for value in np.unique(labels)[:3])


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="Hyndman and Koehler 2006, Another look at measures of forecast accuracy, 2.2: errors relative to an "
    "observation are undefined where it is 0",
    rank=29,
    explains=("initialisation", "dynamics"),
    program="own_divided_by_nothing",
)
