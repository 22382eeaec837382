"""OWN-pairs-driven-apart (made for nbdebug): 1 marks a match in the labels, and a mismatch in the contrastive loss."""

import keras
import numpy as np
from keras import layers, ops
from programs.program import Program, stack

CAUSES = ("loss", "labels")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(176)
    kinds = rng.normal(size=(12, 10)) * 1.5
    first = rng.integers(0, 12, 800)
    match = rng.integers(0, 2, 800)
    second = np.where(match == 1, first, (first + rng.integers(1, 12, 800)) % 12)
    a, b = ((kinds[of] + rng.normal(size=(800, 10))).astype("float32") for of in (first, second))

    def contrastive(y_true, gap):
        near, far = ops.square(gap), ops.square(ops.maximum(1.0 - gap, 0.0))
        alike = y_true if mended else 1 - y_true
        return ops.mean(alike * near + (1 - alike) * far, axis=-1)

    code = stack((10,), layers.Dense(24, "relu"), layers.Dense(8))
    left, right = keras.Input((10,)), keras.Input((10,))
    gap = ops.sqrt(ops.sum(ops.square(code(left) - code(right)), axis=-1, keepdims=True) + 1e-8)
    model = keras.Model([left, right], gap)
    model.compile(keras.optimizers.Adam(0.005), contrastive)
    return Program(model, [a, b], match[:, None].astype("float32"), {"epochs": 10, "batch_size": 32})
