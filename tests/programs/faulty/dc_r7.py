"""The last activation is gone: categorical cross-entropy takes logits for probabilities.

DC-R7 (DeepCrime mutant): Reuters as words that occur or not. Made texts of eight classes and 250 words.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import one_hot, word_counts
from programs.program import Program, stack

CAUSES = ("output_activation", "loss")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    counts, y = word_counts(seed, 700, 250, classes=8)
    model = stack(
        (250,),
        layers.Dense(64),
        layers.Activation("relu"),
        layers.Dropout(0.5),
        layers.Dense(8),
        *([layers.Activation("softmax")] if mended else []),
    )
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, np.minimum(counts, 1), one_hot(y), {"epochs": 15, "batch_size": 32})
