"""What a clone takes over from the model it was made of, beside its layers."""

from __future__ import annotations

from typing import Any

import keras

from nbdebug.records.mend import Mend


def adopt_settings(copy: Any, model: Any) -> None:
    """Plain values that the user has put on the model, which its own training step may read."""
    if type(model).train_step is keras.Model.train_step:
        return
    for name, value in list(vars(model).items()):
        if not name.startswith("_") and type(value) in (bool, int, float, str) and vars(copy).get(name) != value:
            setattr(copy, name, value)


def adopt_state(copy: Any, model: Any, mend: Mend) -> None:
    """What learns nothing here (frozen layers, a fitted Normalization) is as in the model."""
    for own, theirs in zip(copy.layers, model.layers, strict=True):
        if theirs.name in mend.instead or theirs.name in mend.hidden:
            continue
        if isinstance(theirs, keras.Model):
            adopt_state(own, theirs, mend)
        elif theirs.weights and not theirs.trainable_weights:
            store: dict[str, Any] = {}
            theirs.save_own_variables(store)
            own.load_own_variables(store)
        if "trainable" not in mend.layers.get(theirs.name, {}) and not isinstance(theirs, keras.Model):
            own.trainable = theirs.trainable
