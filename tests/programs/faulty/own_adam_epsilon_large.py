"""OWN-adam-epsilon-large (made for nbdebug): Adam with epsilon=100, which outweighs every gradient."""

import keras
from programs.program import Program, stack
from sklearn.datasets import load_iris

CAUSES = ("optimizer", "learning_rate")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = load_iris(return_X_y=True)
    x = (x - x.mean(0)) / x.std(0)
    model = stack((4,), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(3, activation="softmax"))
    model.compile(
        keras.optimizers.Adam(0.01, 0.9, 0.999, 1e-7 if mended else 100.0),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return Program(model, x, y, {"epochs": 25, "batch_size": 10})
