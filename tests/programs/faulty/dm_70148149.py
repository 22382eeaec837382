"""A softmax on one unit while the labels have two columns; 1e-5 and a dropout of 0.6.

DM-70148149 (StackOverflow 70148149): Conv1D on 100 grids of 560 by 560; of 60 by 60 here.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import one_hot, waves
from programs.program import Program, stack

CAUSES = ("output_activation", "output_units", "labels", "learning_rate", "dropout", "shape", "loss")
RAISES = True


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = waves(seed, 100, 60, 60)
    rate = 0.2 if mended else 0.6
    head = layers.Dense(2, activation="softmax") if mended else layers.Dense(1, activation="softmax")
    model = stack(
        (60, 60),
        layers.Conv1D(32, 5, activation="relu"),
        layers.Dropout(rate),
        layers.MaxPooling1D(3),
        layers.Conv1D(16, 5, activation="relu"),
        layers.Dropout(rate),
        layers.Flatten(),
        head,
    )
    loss = "categorical_crossentropy" if mended else "binary_crossentropy"
    model.compile(keras.optimizers.Adam(1e-3 if mended else 1e-5), loss, metrics=["accuracy"])
    return Program(model, x, one_hot(y), {"epochs": 30, "batch_size": 10})
