"""Two softmax units under binary cross-entropy, but labels in one column.

DM-57326611 (StackOverflow 57326611): five features, labels (n,); Keras cannot match the shapes. 1,000 of the 10,000
examples.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import blobs
from programs.program import Program, stack

CAUSES = ("loss", "labels", "output_units", "shape", "output_activation")
RAISES = True


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = blobs(seed, 1000, 5)
    model = stack(
        (5,),
        layers.Dense(16, activation="relu"),
        layers.Dense(16, activation="relu"),
        layers.Dense(2, activation="softmax"),
    )
    model.compile("adam", "sparse_categorical_crossentropy" if mended else "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 32})
