"""OWN-channels-reshaped (made for nbdebug): channels are brought from the front to the back by reshape."""

import keras
import numpy as np
from keras.layers import Conv1D, Dense, GlobalAveragePooling1D
from programs.program import Program, stack

CAUSES = ("shape", "data")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(33)
    n, channels, steps = 500, 5, 40
    t = np.arange(steps)
    a = np.sin(0.5 * t + rng.uniform(0, 6, (n, 1)))
    same = rng.integers(0, 2, n)
    phase = np.where(same == 1, 0, np.pi)[:, None]
    rec = rng.normal(0, 0.7, (n, channels, steps))
    carrier = rng.uniform(0, 6, (n, 1))
    rec[:, 1] += np.sin(0.5 * t + carrier)
    rec[:, 3] += np.sin(0.5 * t + carrier + phase)
    rec[:, 0] += a
    x = rec.transpose(0, 2, 1) if mended else rec.reshape(n, steps, channels)
    model = stack(
        (steps, channels),
        Conv1D(16, 3, activation="relu"),
        Conv1D(16, 3, activation="relu"),
        GlobalAveragePooling1D(),
        Dense(1, "sigmoid"),
    )
    model.compile(keras.optimizers.Adam(5e-3), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x[:400], same[:400], {"epochs": 20, "batch_size": 32}, (x[400:], same[400:]))
