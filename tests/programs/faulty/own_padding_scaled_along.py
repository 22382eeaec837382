"""OWN-padding-scaled-along (made for nbdebug): sequences are padded with 0 and standardised afterwards, so that the
padding is another number, Masking(0.0) never sees it, and the recurrent layer runs over it.

Accepted: input_scaling, data, layers.
"""

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("input_scaling", "data", "layers")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    random = np.random.default_rng(seed)
    lengths = random.integers(5, 15, 900)
    there = np.arange(80) < lengths[:, None]
    signal = np.where(there, random.normal(size=(900, 80)), 0.0)
    y = (signal.sum(axis=1) > 0).astype("float32")
    x = np.where(there, 60 + 5 * signal, 0.0)
    x = (x - x[there].mean()) / x[there].std()
    if mended:
        x[~there] = 0.0
    x = x[..., None].astype("float32")
    model = stack((80, 1), layers.Masking(0.0), layers.GRU(16), layers.Dense(1, "sigmoid"))
    model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x[:700], y[:700], {"epochs": 12, "batch_size": 32}, validation=(x[700:], y[700:]))
