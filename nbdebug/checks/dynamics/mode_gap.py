"""A trained network that is far worse in inference than in training mode: batch norm has averages of other data."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.dynamics._constant import constant_loss
from nbdebug.checks.dynamics._copies import trainer_of
from nbdebug.records.case import Case


def judge(case: Case, *, gap: float = 2.0, share: float = 0.2) -> Iterator[Found]:
    """On the data it was trained on, the loss in inference is `gap` times that in training mode, and at least `share`
    of that of a constant prediction. A copy whose averages are taken anew from the same data has at most half of the
    gap.
    """
    norm = next((node for node in case.nodes if node.type == "BatchNormalization"), None)
    if norm is None:
        return
    if not case.training.done:
        raise Unfit("the network has not been trained")
    found = trainer_of(case).by_mode()
    constant = constant_loss(case) or 0.0
    if found.inference < gap * found.training or found.inference < share * constant:
        return
    if found.inference - found.averaged_anew < (found.inference - found.training) / 2:
        return
    yield Found(
        why=f"On its training data the network has a loss of {found.inference:.3g} in inference and of "
        f"{found.training:.3g} in training mode: the moving averages of batch norm are not those of the data.",
        fix="keras.layers.BatchNormalization(momentum=0.9)  # averages that follow within a few dozen updates",
        layer=norm.name,
        measured=found.inference / max(found.training, 1e-12),
        threshold=gap,
        measured_in="loss in inference over loss in training mode",
        evidence={"with averages taken anew": found.averaged_anew},
    )


CHECK = Check(
    judge=judge,
    cause="batch_norm",
    severity="warning",
    source="Ioffe and Szegedy 2015, Batch normalization, 3.1; confirmed on a copy of the network",
    rank=25,
    trains=True,
)
