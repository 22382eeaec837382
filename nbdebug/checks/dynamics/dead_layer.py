"""A layer of rectifiers that is zero for every example: no gradient passes through it any more."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case

_RECTIFIERS = ("relu", "relu6", "leaky_relu")


def judge(case: Case, *, share: float = 0.9) -> Iterator[Found]:
    """At least `share` of the units are zero for every example and time that was looked at; sparse networks have units
    that are zero for most examples, not layers that are zero for all.
    """
    statistics = case.statistics()
    for node in case.nodes:
        found = statistics.get(node.name)
        if found is None or node.activation not in _RECTIFIERS or len(found.dead) < 2:
            continue
        dead = float(found.dead.mean())
        if dead >= share:
            yield Found(
                why=f"{int(found.dead.sum())} of {len(found.dead)} units of {node.name} are zero for every one of "
                f"{found.n_examples:,} examples: "
                + ("nothing before it can learn." if dead == 1 else "hardly anything before it can learn."),
                fix="# make the model anew (dead units do not come back) and train it with a smaller learning rate,\n"
                f'# or with activation="leaky_relu" in {node.name}',
                severity="error" if dead == 1 else "warning",
                layer=node.name,
                measured=dead,
                threshold=share,
                measured_in="share of units that are dead",
                evidence={"units": [int(i) for i in found.dead.nonzero()[0][:200]]},
            )


CHECK = Check(
    judge=judge,
    cause="hidden_activation",
    severity="error",
    source="Lu et al. 2020, Dying ReLU and initialization",
    rank=0,
    explains=("dynamics",),
    outcome=True,
)
