"""One layer of a copy: made again, or what a mend puts in its place."""

from __future__ import annotations

import math
from typing import Any

import keras

from nbdebug.adapters.keras.copying.again import layer_again
from nbdebug.records.mend import Mend

_SWIFT = 0.9


class Through(keras.layers.Layer):  # type: ignore[misc]
    """Hands on what it is given."""

    def call(self, inputs: Any, training: Any = None, mask: Any = None) -> Any:  # noqa: ARG002
        return inputs

    def compute_mask(self, inputs: Any, previous_mask: Any) -> Any:  # noqa: ARG002
        return previous_mask


class Flat(keras.layers.Layer):  # type: ignore[misc]
    """Flattens, wherever a layer stood that was told of a mask."""

    def call(self, inputs: Any, training: Any = None, mask: Any = None) -> Any:  # noqa: ARG002
        return keras.ops.reshape(inputs, (-1, math.prod(inputs.shape[1:])))


_STANDING_IN = {"Identity": Through, "Flatten": Flat}


def mended_layer(layer: Any, mend: Mend) -> Any:
    """A layer with fresh weights, as the mend has it.

    Raises:
        NbdebugError: it cannot be made again, see `layer_again`.
    """
    if layer.name in mend.instead:
        return _STANDING_IN[mend.instead[layer.name]](name=layer.name)
    config = {**layer.get_config(), **mend.layers.get(layer.name, {})}
    if isinstance(layer, keras.layers.BatchNormalization):
        # In a few dozen updates slower averages would hide what was learned; that they are slow is told elsewhere.
        config["momentum"] = min(config["momentum"], _SWIFT)
    made = layer_again(layer, config)
    if layer.name not in mend.hidden:
        return made
    named = f"{layer.name}_behind_hidden"  # a name that Keras makes up may be that of the layer
    hidden = [keras.layers.Dense(mend.hidden[layer.name], activation="relu", name=f"{named}_{i}") for i in range(2)]
    return keras.Sequential([*hidden, made], name=named)
