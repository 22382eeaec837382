"""OWN-only-the-direction (made for nbdebug): cosine_similarity as the loss of a regression of one column."""

import keras
from programs.program import Program, stack
from sklearn.datasets import load_diabetes

CAUSES = ("loss",)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = load_diabetes(return_X_y=True)
    x, y = x / x.std(0), ((y - y.mean()) / y.std()).reshape(-1, 1)
    model = stack((10,), keras.layers.Dense(20, activation="relu"), keras.layers.Dense(1))
    model.compile(keras.optimizers.Adam(0.005), "mse" if mended else "cosine_similarity", metrics=["mae"])
    return Program(model, x, y, {"epochs": 25, "batch_size": 32})
