"""The labels of two outputs were handed over in the wrong order: each fits the other's head."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.contract._ends import why
from nbdebug.records.case import Case, End, Labels

_SHARES = ("binary", "multi_hot", "shares", "one_hot", "distribution")


def judge(case: Case, *, heads: int = 6) -> Iterator[Found]:
    """A head and its loss take labels of a certain kind and number of columns. Where the labels of a head are none that
    it takes, and another order of the same labels is the only one that fits every head, that is the order meant.

    Args:
        heads: for at most so many heads, whose orders can all be looked at.
    """
    if not 2 <= len(case.ends) <= heads:
        return
    if any(why(end) for end in case.ends):
        raise Unfit("not every output has a loss and labels that are known")
    takes = [[_takes(end, other.labels) for other in case.ends] for end in case.ends]
    if all(takes[i][i] for i in range(len(takes))):
        return
    fitting = [p for p in permutations(range(len(takes))) if all(takes[i][j] for i, j in enumerate(p))]
    if len(fitting) != 1:
        return
    (order,) = fitting
    wrong = next(i for i in range(len(takes)) if not takes[i][i])
    end, meant = case.ends[wrong], case.ends[order[wrong]]
    yield Found(
        why=f"Output {end.name} ({end.activation}, {end.loss.name if end.loss else ''}) cannot take the labels it is "
        f"given ({_told(end.labels)}), but those of output {meant.name} fit it: the labels are in another order than "
        "the outputs.",
        fix=f"y = {{{', '.join(f'{e.name!r}: ...' for e in case.ends)}}}  # by name, so that no order can be wrong",
        output=end.name,
        layer=end.node,
    )


def _takes(end: End, labels: Labels) -> bool:
    if labels.columns != (1 if _numbered(end) else end.units):
        return False
    kind = end.loss.kind if end.loss is not None else "other"
    if kind == "binary":
        return labels.kind in _SHARES
    if kind == "sparse":
        return labels.whole and labels.minimum >= 0 and labels.maximum < end.units
    if kind == "categorical":
        return labels.kind in ("one_hot", "distribution", "multi_hot")
    return kind == "regression" and not (labels.kind == "one_hot" and end.units > 1)


def _numbered(end: End) -> bool:
    return end.loss is not None and end.loss.kind == "sparse"


def _told(labels: Labels) -> str:
    return f"{labels.minimum:g} to {labels.maximum:g} in {labels.columns} column{'s' * (labels.columns != 1)}"


CHECK = Check(
    judge=judge,
    cause="labels",
    severity="error",
    source="Keras documentation of fit: a list of labels goes by the order of the outputs, a dict by their names",
    rank=0,
    explains=("initialisation", "dynamics"),
    program="own_outputs_in_the_wrong_order",
)
