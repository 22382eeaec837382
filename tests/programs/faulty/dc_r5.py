"""Plain SGD where Adam was meant: it has not learnt by the last epoch.

DC-R5 (DeepCrime mutant): Reuters as words that occur or not. Made texts of 20 classes and 500 words, five epochs.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import one_hot, word_counts
from programs.program import Program, stack

CAUSES = ("optimizer", "learning_rate", "epochs")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    counts, y = word_counts(seed, 1500, 500, classes=20)
    model = stack(
        (500,), layers.Dense(160, activation="relu"), layers.Dropout(0.5), layers.Dense(20, activation="softmax")
    )
    model.compile("adam" if mended else "sgd", "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, np.minimum(counts, 1), one_hot(y), {"epochs": 5, "batch_size": 32})
