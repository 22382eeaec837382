"""Several labels can be 1 at once, but the units of a softmax share 1 among them."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged, rows_of
from nbdebug.checks.contract._mend import head_code
from nbdebug.checks.contract._reach import activation_of
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 0.01, rows: int = 2, off: float = 0.05) -> Iterator[Found]:
    """
    Args:
        share: of examples with more than one label, or with shares that do not sum to 1, below which that may be an
            error of a few labels.
        rows: of so many examples at least.
        off: how far the sum of an example's labels may be from 1; rounding is far below.
    """
    for end, loss in judged(case):
        logits = loss.kind == "categorical" and loss.from_logits
        if end.labels.columns < 2 or end.labels.columns != end.units:
            continue
        if not logits and activation_of(case, end) != "softmax":
            continue
        if end.labels.kind == "multi_hot":
            found, what = end.labels.several, "have more than one 1"
        elif end.labels.kind == "shares" and loss.kind == "regression":
            found, what = float((abs(rows_of(case, end).sum(axis=1) - 1) > off).mean()), "do not sum to 1"
        else:
            continue
        if found > share and found * end.labels.shape[0] >= rows:
            yield Found(
                why=f"{found:.0%} of the labels of output {end.name} {what}, but the {end.units} units of a softmax "
                "always sum to 1.",
                fix=head_code(end),
                cause="loss" if logits else None,
                output=end.name,
                layer=end.node,
                measured=found,
                threshold=share,
                measured_in="share of examples",
            )


CHECK = Check(
    judge=judge,
    cause="output_activation",
    severity="error",
    source="Bishop 2006, Pattern Recognition and Machine Learning, 4.3.4: a softmax is for classes that exclude each "
    "other",
    rank=20,
    explains=("initialisation", "dynamics"),
)
