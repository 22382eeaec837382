"""OWN-examples-mixed (made for nbdebug): (time, example, channel) is reshaped to (example, time, channel)."""

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("shape", "data")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(175)
    n, steps = 500, 30
    y = rng.integers(0, 3, n)
    period = np.array([18.0, 11.0, 7.0])[y] * rng.uniform(0.9, 1.1, n)
    t = np.arange(steps)[:, None, None]
    recording = np.sin(2 * np.pi * t / period[:, None] + rng.uniform(0, 6.28, (n, 2)))
    recording = (recording + 0.2 * rng.normal(size=recording.shape)).astype("float32")
    x = recording.transpose(1, 0, 2) if mended else recording.reshape(n, steps, 2)
    pooled = (layers.Conv1D(16, 5, activation="relu"), layers.GlobalAveragePooling1D())
    model = stack((steps, 2), layers.Conv1D(16, 5, activation="relu"), *pooled, layers.Dense(3, "softmax"))
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x[:400], y[:400], {"epochs": 12, "batch_size": 32}, (x[400:], y[400:]))
