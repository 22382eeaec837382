"""The output is not squashed, but the cross-entropy takes it for shares."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.contract._ends import CROSS_ENTROPIES, judged
from nbdebug.checks.contract._mend import head_code
from nbdebug.checks.contract._reach import RANGES, RECTIFIED, TWO_SIDED, activation_of, finite, leaves_zero_one
from nbdebug.records.case import Case, End, Loss

_CLASSES = {
    "binary": "BinaryCrossentropy",
    "categorical": "CategoricalCrossentropy",
    "sparse": "SparseCategoricalCrossentropy",
}
_TOLD = (*RECTIFIED, *TWO_SIDED)
_UNBOUNDED = tuple(name for name, (low, high) in RANGES.items() if low == -high and high > 1 and name not in _TOLD)
_LOGS = ("log_softmax", "log_sigmoid")


def judge(case: Case, *, slack: float = 0.001) -> Iterator[Found]:
    """
    Args:
        slack: how far a prediction may be outside of 0 to 1 where what makes it is not known; rounding is far below.
    """
    for end, loss in judged(case, *CROSS_ENTROPIES):
        if loss.from_logits:
            continue
        activation = activation_of(case, end)
        if activation is None and not finite(end).size:
            raise Unfit(f"no prediction of output {end.name} is a number")
        if activation in (*_UNBOUNDED, *_LOGS) or (activation is None and leaves_zero_one(end, slack)):
            yield _found(end, loss)


def _found(end: End, loss: Loss) -> Found:
    values = finite(end)
    squash = "softmax" if end.units > 1 and loss.kind != "binary" else "sigmoid"
    seen = f" (the first predictions go from {values.min():.3g} to {values.max():.3g})" if values.size else ""
    code = head_code(end)
    if loss.kind == "sparse" or (end.labels.columns == end.units and end.labels.kind != "multi_hot"):
        code = (
            f'Dense({end.units}, activation="{squash}")  # the last layer\n'
            f"# or: model.compile(..., loss=keras.losses.{_CLASSES[loss.kind]}(from_logits=True))"
        )
    return Found(
        why=f"Output {end.name} has no {squash}{seen}, but {loss.name} takes it for shares from 0 to 1.",
        fix=code,
        output=end.name,
        layer=end.node,
        measured=float(values.min()) if values.size else None,
        threshold=0,
        measured_in="smallest of the first predictions",
    )


CHECK = Check(
    judge=judge,
    cause="output_activation",
    severity="error",
    source="Keras, cross-entropies: from_logits=False expects probabilities, and cuts them to 1e-7 and above, where "
    "their gradient is 0",
    rank=26,
    explains=("initialisation", "dynamics"),
)
