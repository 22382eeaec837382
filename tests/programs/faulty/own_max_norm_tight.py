"""OWN-max-norm-tight (made for nbdebug): a weight constraint of MaxNorm(0.05), a hundredth of what was meant."""

from __future__ import annotations

import keras
from programs.program import Program, stack
from sklearn.datasets import load_digits

CAUSES = ("regularization",)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    d = load_digits()
    limit = keras.constraints.MaxNorm(4.0 if mended else 0.05)
    layer = lambda n, a: keras.layers.Dense(n, activation=a, kernel_constraint=limit)  # noqa: E731
    model = stack((64,), layer(64, "relu"), layer(32, "relu"), layer(10, "softmax"))
    model.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, d.data / 16, d.target, {"epochs": 12, "batch_size": 64})
