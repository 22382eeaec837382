"""A loss of the user's own is no number for labels that the data holds, such as an error divided by a label of 0."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._probed import any_loss
from nbdebug.records.case import Case, End

_ASKED = 64


def judge(case: Case, *, others: int = 3) -> Iterator[Found]:
    """The loss of the first examples is no number with the predictions that the network makes: they are asked for
    alone. Where one has no loss with the predictions of `others` that have one either, it is its label that the loss
    cannot take.
    """
    for end in case.ends:
        if end.loss is None or end.loss.kind != "other" or end.labels.missing or not np.isfinite(end.values).all():
            continue
        found = any_loss(end, end.values)
        if found is None or np.isfinite(found):
            continue
        broken = _broken(end, min(len(end.values), _ASKED), others)
        if broken.any():
            labels = case.targets[end.name][: len(broken)][broken]
            yield Found(
                why=f"The loss {end.loss.name} of output {end.name} is {found} for labels such as {_told(labels)}, "
                f"whatever is predicted, and {broken.sum()} of the first {len(broken)} examples have such a label. "
                "After one batch with one of them every weight is nan.",
                fix="error / keras.ops.maximum(keras.ops.abs(y_true), 1.0)  # nothing that is divided by, and no\n"
                "# argument of a logarithm, may be 0",
                output=end.name,
                layer=end.node,
                measured=float(broken.mean()),
                threshold=0.0,
                measured_in="share of examples without a loss",
                examples=tuple(int(at) for at in np.flatnonzero(broken)),
            )


def _broken(end: End, n: int, others: int) -> Bool[np.ndarray, "example"]:
    """Which examples have no loss, whichever prediction that is right for others they get; none where none has one."""
    alone = np.array([_has_loss(end, at, at) for at in range(n)])
    sound = np.flatnonzero(alone)[:others].tolist()
    if not sound:
        return np.zeros(n, bool)
    return np.array([not alone[at] and not any(_has_loss(end, at, other) for other in sound) for at in range(n)])


def _has_loss(end: End, at: int, predicted: int) -> bool:
    """Whether the loss of an example is a number with the prediction of another."""
    assert end.batch_loss is not None
    loss = end.batch_loss(end.values[predicted : predicted + 1].astype(np.float32), np.array([at]))
    return loss is None or bool(np.isfinite(loss))


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
