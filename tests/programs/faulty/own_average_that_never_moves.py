"""OWN-average-that-never-moves (made for nbdebug): weight averaging over 10,000 steps in a run of some hundred."""

import keras
from programs.program import Program, stack
from sklearn.datasets import load_iris

CAUSES = ("optimizer", "epochs")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = load_iris(return_X_y=True)
    x = (x - x.mean(0)) / x.std(0)
    model = stack((4,), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(3, activation="softmax"))
    opt = keras.optimizers.Adam(0.01, use_ema=True, ema_momentum=0.9 if mended else 0.9999)
    model.compile(opt, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 15, "batch_size": 16})
