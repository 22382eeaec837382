"""Three classes by a ReLU head without a bias under categorical cross-entropy.

DM-53700537 (StackOverflow 53700537): 1,000 series of 1,000 times; 400 of 100 here.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import one_hot, waves
from programs.program import Program, stack

CAUSES = ("output_activation",)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = waves(seed, 400, 100, classes=3)
    model = stack(
        (100, 1),
        layers.Conv1D(12, 9, strides=2, activation="relu"),
        layers.MaxPooling1D(2),
        layers.Flatten(),
        layers.Dense(3, activation="softmax" if mended else "relu", use_bias=False),
    )
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, one_hot(y), {"epochs": 20, "batch_size": 16})
