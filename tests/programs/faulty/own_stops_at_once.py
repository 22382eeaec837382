"""OWN-stops-at-once (made for nbdebug): a regression on standardised labels is stopped by EarlyStopping once an epoch
does not gain 0.3 of a loss that begins near 1.

Accepted: epochs.
"""

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("epochs",)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    random = np.random.default_rng(seed)
    x = random.normal(size=(1200, 10)).astype("float32")
    y = np.sin(x[:, 0]) + x[:, 1] * x[:, 2] + 0.5 * x[:, 3] + 0.1 * random.normal(size=1200)
    y = ((y - y.mean()) / y.std()).astype("float32")[:, None]
    model = stack((10,), layers.Dense(64, "relu"), layers.Dense(64, "relu"), layers.Dense(1))
    model.compile(keras.optimizers.Adam(5e-4), "mse")
    stop = keras.callbacks.EarlyStopping("val_loss", min_delta=0 if mended else 0.3, patience=8 if mended else 1)
    fit = {"epochs": 40, "batch_size": 32, "callbacks": [stop]}
    return Program(model, x[:1000], y[:1000], fit, validation=(x[1000:], y[1000:]))
