"""ReduceLROnPlateau asks for improvements that the loss has no room for, and takes the learning rate away."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.initialisation._gains import waiting_for
from nbdebug.records.case import Case
from nbdebug.records.waiting import Waiting


def judge(case: Case, *, gone: float = 0.01, share: float = 0.5) -> Iterator[Found]:
    """A loss that cannot fall below 0 improves by `min_delta` at most as often as that goes into where it begins. Even
    where each of those improvements comes just in time, the rate is below `gone`, a hundredth, of where it began for
    more than `share` of the epochs: half of the fit stands still.
    """
    for waiting, epochs, begins in waiting_for(case, "reduce"):
        factors = _rates(waiting, epochs, int(begins / waiting.least), case.training.learning_rate or 0.0)
        lost = float((factors < gone).mean())
        if lost > share:
            yield Found(
                why=f"ReduceLROnPlateau counts an epoch as progress if {waiting.monitor} falls by {waiting.least:g}, "
                f"and the loss begins at {begins:.3g}: whatever happens, the learning rate is below a hundredth of "
                f"itself from epoch {int(np.argmax(factors < gone)) + 1} of {epochs} on.",
                fix=f'keras.callbacks.ReduceLROnPlateau(monitor="{waiting.monitor}", factor=0.5, patience=5, '
                "min_delta=1e-4)",
                measured=waiting.least,
                threshold=begins,
                measured_in="min_delta, in the loss",
                evidence={"rates": factors.tolist()},
            )


def _rates(waiting: Waiting, epochs: int, improvements: int, rate: float) -> np.ndarray:
    """The highest learning rate that each epoch can have, over that of the first, (epoch,)."""
    found, factor, waited, cooling = [], 1.0, 0, 0
    for epoch in range(epochs):
        found.append(factor)
        if epoch == 0:
            continue  # its loss is what later ones are held against
        if cooling:
            cooling, waited = cooling - 1, 0
        if cooling:
            continue
        waited += 1
        if waited < max(1, waiting.patience):
            continue
        waited = 0
        if improvements:
            improvements -= 1
        elif rate * factor > waiting.lowest:
            factor, cooling = max(factor * waiting.factor, waiting.lowest / rate), waiting.cooldown
    return np.array(found)


CHECK = Check(
    judge=judge,
    cause="learning_rate",
    severity="warning",
    source="Keras documentation of ReduceLROnPlateau, min_delta",
    rank=3,
    explains=("dynamics", "budget"),
    program="own_plateau_at_once",
)
