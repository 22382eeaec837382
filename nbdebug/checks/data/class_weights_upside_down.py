"""Class weights that make the rare class count less, not more."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.data._rows import counts_of_weighted
from nbdebug.records.case import Case


def judge(case: Case, *, times: float = 1.5, rarer: float = 1.5) -> Iterator[Found]:
    """A class at least `rarer` times as rare as the commonest weighs less than a `times`-th of it: weights in
    proportion to counts where they were meant to make up for them. Both factors leave room for what is rounded.
    """
    weights = case.training.class_weights
    if not weights:
        return
    counted = counts_of_weighted(case)
    if counted is None:
        return
    end, counts = counted
    common = int(counts.argmax())
    worst = min((c for c in weights if 0 < counts[c] * rarer <= counts[common]), key=lambda c: weights[c], default=None)
    if worst is None or weights[worst] * times >= weights.get(common, 1.0):
        return
    share = counts[worst] / counts.sum()
    yield Found(
        why=f"Class {worst} is {share:.1%} of the labels of {end.name} and weighs {weights[worst]:.3g}; class "
        f"{common}, the commonest, weighs {weights.get(common, 1.0):.3g}: the weights make the rare class rarer still.",
        fix="n = np.bincount(y)\nclass_weight = dict(enumerate(n.sum() / (len(n) * n)))",
        output=end.name,
        measured=weights[worst] / weights.get(common, 1.0),
        threshold=1 / times,
        measured_in="weight of the rare class over that of the commonest",
    )


CHECK = Check(
    judge=judge,
    cause="usage",
    severity="warning",
    source="King and Zeng 2001, Logistic regression in rare events data: weights are the inverse of the shares",
    rank=30,
)
