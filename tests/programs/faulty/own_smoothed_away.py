"""OWN-smoothed-away (made for nbdebug): label_smoothing=1.0 makes every class as likely as every other."""

import keras
from programs.program import Program, stack
from sklearn.datasets import load_digits

CAUSES = ("loss", "regularization", "labels")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    d = load_digits()
    model = stack(
        (64,),
        keras.layers.Rescaling(1 / 16),
        keras.layers.Dense(48, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    )
    model.compile(
        "adam", keras.losses.CategoricalCrossentropy(label_smoothing=0.1 if mended else 1.0), metrics=["accuracy"]
    )
    return Program(model, d.data, keras.utils.to_categorical(d.target), {"epochs": 10, "batch_size": 32})
