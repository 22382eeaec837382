"""OWN-squashed-in-the-loss-too (made for nbdebug): a focal loss of one's own takes logits; the head is a sigmoid."""

import keras
import numpy as np
from keras import layers, ops
from programs.program import Program, stack

CAUSES = ("loss", "output_activation")


def focal(y, logits):
    right = ops.sigmoid(ops.where(y > 0.5, logits, -logits))
    return ops.mean(-ops.square(1 - right) * ops.log(right + 1e-7), axis=-1)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(182)
    x = rng.normal(size=(1200, 14)).astype("float32")
    tags = (x @ rng.normal(size=(14, 4)) + 0.5 * rng.normal(size=(1200, 4)) > 1).astype("float32")
    model = stack((14,), layers.Dense(32, "relu"), layers.Dense(4, activation=None if mended else "sigmoid"))
    model.compile(keras.optimizers.Adam(0.004), focal)
    return Program(model, x, tags, {"epochs": 12, "batch_size": 32})
