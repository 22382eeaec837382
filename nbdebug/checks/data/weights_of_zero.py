"""Every example has a weight of 0: the loss is 0 whatever is predicted."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 1.0) -> Iterator[Found]:
    """A `share` of all sample weights, or of all class weights, is 0. Some weights of 0 leave examples out, which is
    what they are for.
    """
    training = case.training
    classes = training.class_weights.values()
    of_classes = bool(classes) and not any(classes)
    if training.weightless >= share or of_classes:
        yield Found(
            why=f"All {'class' if of_classes else 'sample'} weights are 0, so every loss is multiplied by 0 and no "
            "weight of the network moves.",
            fix="# look at how the weights are made: an integer division (//) cuts shares to 0",
            measured=1.0,
            threshold=share,
            measured_in="share of weights that are 0",
        )


CHECK = Check(
    judge=judge,
    cause="usage",
    severity="error",
    source="Keras documentation of fit, sample_weight: losses are multiplied by it",
    rank=3,
    explains=("dynamics",),
    program="own_weights_of_nothing",
)
