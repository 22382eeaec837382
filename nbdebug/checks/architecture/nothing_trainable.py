"""No weight of the network can be trained."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case


def judge(case: Case) -> Iterator[Found]:
    if case.training.trainable == 0 and case.training.optimizer:
        own = sum(node.n_parameters for node in case.nodes)
        yield Found(
            why=f"None of the {own:,} weights can be trained: every layer with weights is frozen."
            if own
            else "The network has no weights, so fit has nothing to train.",
            fix="model.trainable = True\nmodel.compile(...)  # anew after every change of trainable"
            if own
            else "# add a layer with weights, such as Dense",
            measured=0.0,
            threshold=1.0,
            measured_in="weights that can be trained",
        )


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="error",
    source="Keras guide, Transfer learning and fine-tuning: a new head is trained on top of what is frozen",
    rank=0,
    explains=("initialisation", "dynamics"),
)
