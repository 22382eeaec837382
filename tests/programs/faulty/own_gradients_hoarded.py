"""OWN-gradients-hoarded (made for nbdebug): 400 batches a step in a run of 340: the weights are never updated."""

import keras
from keras import layers
from programs.program import Program, stack
from sklearn.datasets import load_digits

CAUSES = ("optimizer", "batch_size", "epochs")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    d = load_digits()
    model = stack(
        (64,), layers.Rescaling(1 / 16), layers.Dense(40, activation="elu"), layers.Dense(10, activation="softmax")
    )
    model.compile(
        keras.optimizers.Adam(0.003, gradient_accumulation_steps=4 if mended else 400),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return Program(model, d.data, d.target, {"epochs": 12, "batch_size": 64})
