"""OWN-shop-number-as-a-size (made for nbdebug): the number of a shop goes in as if it were a size."""

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("data", "layers", "input_scaling")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(158)
    shop = rng.integers(1, 41, 900)
    sells = rng.normal(size=41)[shop] + rng.normal(0, 0.1, 900)
    if mended:
        front = [layers.Embedding(41, 8), layers.Flatten()]
        x = shop[:, None]
    else:
        front = []
        x = (shop[:, None] / 40).astype("float32")
    model = stack((1,), *front, layers.Dense(16, activation="relu"), layers.Dense(1))
    model.compile(keras.optimizers.Adam(0.01), "mse")
    return Program(model, x, sells, {"epochs": 15, "batch_size": 32})
