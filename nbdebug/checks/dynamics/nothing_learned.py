"""A fit whose training loss stays where one prediction for all examples would bring it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.dynamics._constant import constant_loss
from nbdebug.checks.dynamics._watched import watched
from nbdebug.records.case import Case


def judge(case: Case, *, learns: float = 0.02, epochs: int = 5) -> Iterator[Found]:
    """In `epochs` epochs or more, the lowest training loss lies less than a share of `learns` below that of the best
    constant prediction. Penalties are part of a training loss, so they are left to the checks that try without them.
    """
    losses, constant = watched(case).epochs.get("loss"), constant_loss(case)
    if losses is None or len(losses) < epochs:
        raise Unfit(f"fewer than {epochs} epochs were watched")
    if constant is None or constant <= 0:
        raise Unfit("what a constant prediction costs is not known")
    lowest = float(np.nanmin(losses, initial=np.inf))
    left = 1 - lowest / constant
    if left < learns:
        yield Found(
            why=f"After {len(losses)} epochs the training loss is {lowest:.3g}; to say the same of every example costs "
            f"{constant:.3g}. Nothing was learned from the inputs.",
            fix="model.fit(x[:20], y[:20], epochs=200)  # overfit a few first: if that fails it is the network "
            "or the learning rate, else the inputs do not tell the labels",
            measured=left,
            threshold=learns,
            measured_in="share of a constant prediction's loss that the fit got rid of",
            evidence={"loss": losses.tolist()},
        )


CHECK = Check(
    judge=judge,
    cause="data",
    severity="note",
    source="Karpathy 2019, A recipe for training neural networks: overfit one batch; input-independent baseline",
    rank=70,
)
