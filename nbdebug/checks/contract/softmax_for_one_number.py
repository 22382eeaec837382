"""A softmax over several units is held against one number: its units share 1, whatever the number is."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged
from nbdebug.checks.contract._mend import linear_code
from nbdebug.checks.contract._reach import activation_of
from nbdebug.checks.contract._shapes import fit
from nbdebug.records.case import Case, End, Loss


def judge(case: Case) -> Iterator[Found]:
    for end, loss in judged(case, "regression", "poisson", "hinge", "categorical", "kl"):
        if end.units > 1 and fit(end) == "columns" and _one_number(end, loss) and activation_of(case, end) == "softmax":
            yield Found(
                why=f"Output {end.name} is a softmax over {end.units} units, and its label is one number "
                f"({end.labels.minimum:.4g} to {end.labels.maximum:.4g}).",
                fix=linear_code(end),
                output=end.name,
                layer=end.node,
                measured=end.units,
                threshold=1,
                measured_in="units for one number",
            )


def _one_number(end: End, loss: Loss) -> bool:
    labels = end.labels
    more = labels.kind == "classes" and labels.maximum >= end.units
    return labels.columns == 1 and (labels.kind in ("numbers", "shares") or (more and loss.kind != "categorical"))


CHECK = Check(
    judge=judge,
    cause="output_activation",
    severity="error",
    source="Goodfellow, Bengio, Courville 2016, Deep Learning, 6.2.2.1: linear units for numbers; measured with "
    "Keras 3: a label in one column is broadcast over all units without a word",
    rank=19,
    explains=("initialisation", "dynamics"),
)
