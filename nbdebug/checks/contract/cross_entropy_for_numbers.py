"""A cross-entropy is held against quantities: outside of 0 to 1 it has no lowest value, and it falls without end."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import (
    below_zero,
    copies_input,
    examples_where,
    judged,
    pictures,
    scaling,
    two_others,
    values_of,
)
from nbdebug.checks.contract._mend import linear_code
from nbdebug.checks.contract._reach import ONE_EACH, certain
from nbdebug.records.case import Case, End, Loss


def judge(case: Case, *, slack: float = 0.01, share: float = 0.01) -> Iterator[Found]:
    """
    Args:
        slack: how far labels may lie outside of 0 to 1: scaling learned from one set overshoots a little on another.
        share: of labels that may lie further outside: a few outliers pull, but do not decide.
    """
    for end, loss in judged(case, "binary", "sparse", "categorical"):
        if not _are_numbers(case, end, loss):
            continue
        values = values_of(case, end)
        outside = float(((values < -slack) | (values > 1 + slack)).mean())
        if outside > share or loss.kind == "sparse":
            scaled, cause = scaling(case, end)
            yield Found(
                why=f"The labels of output {end.name} are numbers from {end.labels.minimum:.4g} to "
                f"{end.labels.maximum:.4g}, and {loss.name} is for "
                + ("class numbers." if loss.kind == "sparse" else "labels from 0 to 1: else it falls without end."),
                fix=scaled or linear_code(end),
                cause=cause,
                output=end.name,
                measured=outside,
                threshold=share,
                measured_in="share of labels outside of 0 to 1",
                examples=examples_where(case, end, -slack, 1 + slack),
            )


def _are_numbers(case: Case, end: End, loss: Loss) -> bool:
    labels = end.labels
    if loss.kind == "sparse":
        return labels.kind in ("numbers", "shares") and not labels.whole
    if loss.kind == "categorical" and (certain(case, end) and end.activation in ("softmax", *ONE_EACH)):
        return False  # the head cannot reach them either, which is told first
    if two_others(labels) or (end.units == 1 and below_zero(labels)):
        return False
    return labels.kind == "numbers" or (labels.kind == "classes" and (pictures(labels) or copies_input(case, end)))


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="Goodfellow, Bengio, Courville 2016, Deep Learning, 6.2.2: cross-entropies are of labels from 0 to 1",
    rank=10,
    explains=("initialisation", "dynamics"),
)
