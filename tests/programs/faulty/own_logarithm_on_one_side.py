"""OWN-logarithm-on-one-side (made for nbdebug): training learns the logarithm of a price, validation has the price."""

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("target_scaling", "labels", "data", "split")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(188)
    x = rng.normal(size=(1300, 7)).astype("float32")
    price = np.exp(x @ [0.5, -0.2, 0.3, 0, 0.1, 0.4, 0] + 0.1 * rng.normal(size=1300) + 2).astype("float32")
    y = np.log(price)[:, None]
    model = stack((7,), layers.Dense(24, "relu"), layers.Dense(1))
    model.compile(keras.optimizers.Adam(0.003), "mse")
    held = y[1000:] if mended else price[1000:, None]
    return Program(model, x[:1000], y[:1000], {"epochs": 15, "batch_size": 32}, (x[1000:], held))
