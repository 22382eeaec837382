"""OWN-validation-target-unscaled (made for nbdebug): training labels are standardised, validation labels are not."""

import keras
from programs.program import Program, stack
from sklearn.datasets import load_diabetes

CAUSES = ("target_scaling", "split", "data")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = load_diabetes(return_X_y=True)
    x = x / x.std(0)
    mean, std = y[:350].mean(), y[:350].std()
    late = (y[350:] - mean) / std if mended else y[350:]
    model = stack((10,), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1))
    model.compile(keras.optimizers.Adam(0.003), "mse", metrics=["mae"])
    return Program(model, x[:350], (y[:350] - mean) / std, {"epochs": 20, "batch_size": 16}, (x[350:], late))
