"""OWN-plateau-at-once (made for nbdebug): ReduceLROnPlateau(factor=0.001, patience=1, min_delta=2)."""

import keras
from programs.program import Program, stack
from sklearn.datasets import load_digits

CAUSES = ("learning_rate", "usage")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = load_digits(return_X_y=True)
    x = x / 16
    model = stack((64,), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(10, activation="softmax"))
    model.compile(keras.optimizers.SGD(0.02, momentum=0.5), "sparse_categorical_crossentropy", metrics=["accuracy"])
    if mended:
        plateau = keras.callbacks.ReduceLROnPlateau(monitor="loss", factor=0.5, patience=3)
    else:
        plateau = keras.callbacks.ReduceLROnPlateau(monitor="loss", factor=0.001, patience=1, min_delta=2.0)
    return Program(model, x, y, {"epochs": 15, "batch_size": 32, "callbacks": [plateau]})
