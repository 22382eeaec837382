"""Three classes by independent sigmoids under categorical cross-entropy.

DM-61886777 (StackOverflow 61886777): 1,000 grey pictures of 28 by 28; 400 here.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import one_hot, pictures
from programs.program import Program, stack

CAUSES = ("output_activation", "loss")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 400, (28, 28, 1), classes=3)
    model = stack(
        (28, 28, 1),
        layers.Conv2D(16, 3, activation="relu", padding="same"),
        layers.MaxPooling2D(4),
        layers.Dropout(0.2),
        layers.Flatten(),
        layers.Dense(48, activation="relu"),
        layers.Dense(3, activation="softmax" if mended else "sigmoid"),
    )
    model.compile(keras.optimizers.RMSprop(0.001), "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, one_hot(y), {"epochs": 15, "batch_size": 25})
