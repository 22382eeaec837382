"""No Flatten nor pooling over time before the head, which has 32 sigmoids for one label.

NL-45120429 (StackOverflow 45120429): Conv1D for two classes; series of 60 times and three channels, labels (n,).
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import waves
from programs.program import Program, stack

CAUSES = ("layers", "shape", "output_units", "loss")
RAISES = True


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = waves(seed, 300, 60, 3)
    convolutions = [
        layers.Conv1D(16, 5, activation="relu"),
        layers.MaxPooling1D(2),
        layers.Conv1D(32, 5, activation="relu"),
        layers.MaxPooling1D(2),
    ]
    if mended:
        heads = [layers.Flatten(), layers.Dense(1, activation="sigmoid")]
    else:
        heads = [layers.Dense(32, activation="sigmoid")]
    model = stack((60, 3), *convolutions, *heads)
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 15, "batch_size": 16})
