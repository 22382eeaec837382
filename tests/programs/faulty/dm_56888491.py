"""A table classified by layers that are all linear, though no plane parts its classes.

DM-56888491 (StackOverflow 56888491): five features. The units were given as an array there, at which Keras crashes
before there is a network; here they are numbers. 1,500 of the 10,000 examples.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import rings
from programs.program import Program, stack

CAUSES = ("hidden_activation", "api", "layers")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = rings(seed, 1500, 5)
    inner = "relu" if mended else "linear"
    model = stack(
        (5,),
        layers.Dense(32, activation=inner),
        layers.Dense(32, activation=inner),
        layers.Dense(16, activation=inner),
        layers.Dense(2, activation="softmax"),
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 30, "batch_size": 32})
