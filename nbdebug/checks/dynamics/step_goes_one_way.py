"""A training step of one's own that moves every weight the same way, up or down, whatever its gradient."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.dynamics._copies import by_step, trainer_of
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 0.999, usual: float = 0.95) -> Iterator[Found]:
    """On copies and from the same weights: of all weights that the step moves, at least `share` go the same way, and
    with the same optimizer and loss less than `usual` do so by Keras' own. Gradients have both signs; what has one was
    cut off at 0, squared, or taken without its sign.
    """
    if not trainer_of(case).own_step:
        return
    found = by_step(case)
    if found.own_one_way >= share and found.keras_one_way < usual:
        yield Found(
            why=f"The training step of the model moves {found.own_one_way:.1%} of its weights one way, up or down; "
            f"Keras' own, with the same optimizer and loss, {found.keras_one_way:.0%}. The gradients lost their sign.",
            fix="gradients = [tf.clip_by_value(g, -1.0, 1.0) for g in gradients]  # both signs, or tf.clip_by_norm",
            measured=found.own_one_way,
            threshold=share,
            measured_in="share of the weights that go the same way",
        )


CHECK = Check(
    judge=judge,
    cause="optimizer",
    severity="error",
    source="Goodfellow et al. 2016, Deep Learning, 10.11.1: clipping bounds the size of a gradient and keeps its "
    "direction; shown on copies of the network",
    rank=2,
    explains=("dynamics",),
    trains=True,
    program="own_clipped_at_nothing",
)
