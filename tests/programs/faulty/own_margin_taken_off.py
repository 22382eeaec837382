"""OWN-margin-taken-off (made for nbdebug): embeddings by a triplet loss that takes the margin off instead of adding it:
the loss is 0 from the start, where everything lies in one place, and the neighbours are strangers.

Accepted: loss.
"""

import keras
import numpy as np
from keras import layers, ops
from programs.program import Program, stack

CAUSES = ("loss",)


def distances(labels, places):
    """Of each example to the farthest of its class and to the nearest of the others."""
    squares = ops.sum(ops.square(places[:, None] - places[None]), axis=-1)
    far = ops.sqrt(squares + 1e-9)
    alike = ops.cast(ops.reshape(labels, (-1, 1)) == ops.reshape(labels, (1, -1)), "float32")
    return ops.max(far * alike, axis=1), ops.min(far + 1e3 * alike, axis=1)


@keras.saving.register_keras_serializable(package="own_margin_taken_off")
def added(labels, places):
    own, others = distances(labels, places)
    return ops.relu(own - others + 0.4)


@keras.saving.register_keras_serializable(package="own_margin_taken_off")
def taken_off(labels, places):
    own, others = distances(labels, places)
    return ops.relu(own - others - 0.4)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    random = np.random.default_rng(seed)
    y = random.integers(0, 5, 1000)
    x = np.concatenate([random.normal(size=(5, 4))[y] * 2, 2 * random.normal(size=(1000, 12))], axis=1)
    x = ((x + 0.4 * random.normal(size=x.shape)) / 2).astype("float32")
    model = stack((16,), layers.Dense(48, "relu"), layers.Dense(6), layers.UnitNormalization())
    model.compile(keras.optimizers.Adam(0.002), added if mended else taken_off)
    return Program(model, x[:800], y[:800], {"epochs": 20, "batch_size": 80}, validation=(x[800:], y[800:]))
