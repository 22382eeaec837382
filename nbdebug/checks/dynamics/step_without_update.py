"""A training step of one's own that never changes a weight."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.dynamics._copies import movement, trainer_of
from nbdebug.records.case import Case


def judge(case: Case, *, moved: int = 0) -> Iterator[Found]:
    """After a few updates of a copy not more than `moved` of its layers differ, to the last bit, from what they were.
    A learning rate of 0 is told elsewhere.
    """
    if not trainer_of(case).own_step:
        return
    if not case.training.learning_rate:
        raise Unfit("the learning rate is 0 or not known")
    found = movement(case)
    if not found.still or len(found.moved) > moved:
        return
    yield Found(
        why="The training step of the model changes no weight: either it never hands gradients to the optimizer, or "
        "they are all 0 or None.",
        fix="gradients = tape.gradient(loss, self.trainable_variables)\n"
        "self.optimizer.apply(gradients, self.trainable_variables)  # in train_step, the loss computed inside the tape",
        layer=found.still[-1],
        measured=float(len(found.moved)),
        threshold=float(moved + 1),
        measured_in="layers that move",
        evidence={"layers": list(found.still)},
    )


CHECK = Check(
    judge=judge,
    cause="usage",
    severity="error",
    source="Keras guide: Customizing what happens in fit(); Breck et al. 2017, The ML test score: a trained layer must "
    "move; shown on a copy of the network",
    rank=1,
    explains=("dynamics",),
    trains=True,
    program="own_gradient_never_applied",
)
