"""A stateful layer carries its state from example to example while `fit` shuffles them."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.graph import RECURRENT, graph_of, named
from nbdebug.records.case import Case


def judge(case: Case) -> Iterator[Found]:
    stateful = [n for n in graph_of(case) if n.type in RECURRENT and n.config.get("stateful") is True]
    if not stateful:
        return
    if case.training.shuffle is None:
        raise Unfit("whether fit shuffles the examples is not known")
    if case.training.shuffle:
        yield Found(
            why=f"{named(stateful)} keeps its state from batch to batch, but fit shuffles the examples: the state that "
            "an example begins with is that of an arbitrary other one.",
            fix="model.fit(..., shuffle=False)\n# or the layer without stateful=True",
            layer=stateful[0].name,
        )


CHECK = Check(
    judge=judge,
    cause="usage",
    severity="error",
    source="Keras documentation of stateful RNNs: successive batches have to follow on each other, shuffle=False",
    rank=25,
)
