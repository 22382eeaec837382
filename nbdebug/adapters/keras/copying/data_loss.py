"""The loss of the data alone, without what regularisers and `add_loss` add to it."""

from __future__ import annotations

from typing import Any

import keras

from nbdebug.errors import NbdebugError


def leave_penalties_out(copy: Any, in_training: bool) -> None:
    """Leave what regularisers and `add_loss` add out of the loss of a copy in inference and, if asked, in training.

    What they add says nothing of what was learned.

    Raises:
        NbdebugError: asked to in training, and code of the user's own makes up the loss.
    """
    if type(copy).compute_loss is not keras.Model.compute_loss:
        if in_training:
            raise NbdebugError(
                "The model makes up its loss by code of its own.",
                got=type(copy).__name__,
                fix="call super().compute_loss",
            )
        return
    whole = copy.compute_loss

    def compute_loss(
        x: Any = None, y: Any = None, y_pred: Any = None, sample_weight: Any = None, training: bool = True
    ) -> Any:
        loss = whole(x, y, y_pred, sample_weight, training)
        penalties = [] if training and not in_training else copy.losses
        return loss - sum(keras.ops.sum(keras.ops.cast(penalty, loss.dtype)) for penalty in penalties)

    copy.compute_loss = compute_loss
