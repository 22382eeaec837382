"""One of several losses is so much larger that the others do not count."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.initialisation._first_loss import first_loss
from nbdebug.records.case import Case


def judge(case: Case, *, ratio: float = 100.0) -> Iterator[Found]:
    """At the start, with the weights of `compile`, the largest is `ratio` times the smallest, so that it has 99 % of
    the gradient; of a thousand times, nothing is left for the others.
    """
    losses = {}
    for end in case.ends:
        found = first_loss(case, end)
        if found is not None and end.loss is not None and found > 0 and end.loss.weight > 0:
            losses[end.name] = found * end.loss.weight
    if len(losses) < 2 or not case.untouched:
        return
    large, small = max(losses, key=losses.__getitem__), min(losses, key=losses.__getitem__)
    found = losses[large] / losses[small]
    if found > ratio:
        yield Found(
            why=f"The loss of {large} begins at {losses[large]:,.3g}, that of {small} at {losses[small]:,.3g}: "
            f"training will hardly look at {small}.",
            fix=f'model.compile(..., loss_weights={{"{large}": {losses[small] / losses[large]:.1g}, "{small}": 1.0}})\n'
            "# or standardise the labels of both",
            severity="warning" if found > 10 * ratio else "note",
            output=large,
            measured=found,
            threshold=ratio,
            measured_in="largest loss over smallest",
            evidence={"losses": losses},
        )


CHECK = Check(
    judge=judge,
    cause="target_scaling",
    severity="note",
    source="Kendall et al. 2018, Multi-task learning using uncertainty to weigh losses",
    rank=40,
)
