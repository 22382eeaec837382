"""Adam at a learning rate of 1.0.

DC-R3 (DeepCrime mutant): Reuters as words that occur or not. Made texts of twelve classes and 300 words.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import one_hot, word_counts
from programs.program import Program, stack

CAUSES = ("learning_rate",)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    counts, y = word_counts(seed, 900, 300, classes=12)
    model = stack(
        (300,), layers.Dense(96, activation="relu"), layers.Dropout(0.5), layers.Dense(12, activation="softmax")
    )
    optimizer = keras.optimizers.Adam(0.001 if mended else 1.0)
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, np.minimum(counts, 1), one_hot(y), {"epochs": 15, "batch_size": 32})
