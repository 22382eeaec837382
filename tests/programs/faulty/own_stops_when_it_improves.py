"""OWN-stops-when-it-improves (made for nbdebug): EarlyStopping on the loss with mode='max'."""

import keras
import numpy as np
from programs.program import Program, stack

CAUSES = ("usage", "epochs", "metric")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(129)
    x = rng.uniform(-2, 2, (500, 2))
    y = np.exp(-(x**2).sum(1)) * 3
    model = stack(
        (2,),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(1),
    )
    model.compile(keras.optimizers.Adam(0.002), "mse")
    stop = keras.callbacks.EarlyStopping(
        monitor="loss", mode="min" if mended else "max", patience=1, restore_best_weights=True
    )
    return Program(model, x, y, {"epochs": 40, "batch_size": 32, "callbacks": [stop]})
