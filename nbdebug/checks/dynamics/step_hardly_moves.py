"""A training step of one's own that moves the weights by next to nothing in all of the fit."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.dynamics._copies import by_step, trainer_of
from nbdebug.checks.steps import known
from nbdebug.records.case import Case


def judge(case: Case, *, beside: float = 0.01, ever: float = 0.05) -> Iterator[Found]:
    """On copies, the step goes less than `beside` of the way that Keras' own goes with the same optimizer and loss; and
    with as much in every update of the fit, the weights would not come farther than `ever` of their size. A step that
    moves nothing at all is told elsewhere.
    """
    if not trainer_of(case).own_step:
        return
    _, updates = known(case.training)
    found = by_step(case)
    share = found.own / found.steps * updates / found.size if found.size else 1.0
    if 0 < found.own < beside * found.keras and share < ever:
        yield Found(
            why=f"In {updates:,} updates the training step of the model moves its weights by {share:.1%} of their size "
            f"at most: {found.own / found.keras:.1g} of what Keras' own step does with the same optimizer and loss.",
            fix="gradients = [tf.clip_by_norm(g, 1.0) for g in gradients]  # a limit that usual gradients stay below\n"
            "# and look what else train_step does to the gradients before it applies them",
            measured=share,
            threshold=ever,
            measured_in="how far the weights can come, over their size",
            evidence={"own": found.own, "keras": found.keras},
        )


CHECK = Check(
    judge=judge,
    cause="optimizer",
    severity="error",
    source="Pascanu et al. 2013, On the difficulty of training recurrent neural networks, 3.2: a threshold is set by "
    "the usual size of gradients; shown on copies of the network",
    rank=2,
    explains=("dynamics",),
    trains=True,
    program="own_clipped_to_nothing",
)
