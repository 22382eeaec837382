"""Gradients are added up over more batches than this fit has: the weights are never updated."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.records.case import Case


def judge(case: Case, *, updates: int = 1) -> Iterator[Found]:
    """An optimizer that adds up the gradients of several batches makes one update of them; a fit with fewer than
    `updates` of those leaves every weight as it was, and what it has added up is lost.
    """
    training = case.training
    if training.accumulated < 2:
        return
    if training.updates is None:
        raise Unfit("how many batches this fit has is not known: give epochs and batch_size")
    if training.updates < updates:
        yield Found(
            why=f"The optimizer updates the weights once in {training.accumulated:,} batches, and this fit ends before "
            "it has seen as many: no weight will ever change.",
            fix="gradient_accumulation_steps=4  # of the optimizer; far fewer than an epoch has batches",
            measured=float(training.updates),
            threshold=float(updates),
            measured_in="updates of this fit",
        )


CHECK = Check(
    judge=judge,
    cause="optimizer",
    severity="error",
    source="Keras documentation of Optimizer, gradient_accumulation_steps",
    rank=1,
    explains=("initialisation", "dynamics"),
    program="own_gradients_hoarded",
)
