"""122 classes by independent sigmoids under categorical cross-entropy.

DM-42472447 (StackOverflow 42472447): 1,000 examples of 33 features, labels one-hot.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import blobs, one_hot
from programs.program import Program, stack

CAUSES = ("output_activation", "loss")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = blobs(seed, 1000, 33, classes=122, spread=0.5)
    model = stack(
        (33,),
        layers.Dense(128, activation="relu"),
        layers.Dense(64, activation="relu"),
        layers.Dense(122, activation="softmax" if mended else "sigmoid"),
    )
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, one_hot(y), {"epochs": 60, "batch_size": 32})
