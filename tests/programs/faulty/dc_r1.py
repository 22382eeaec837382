"""An L1 penalty on the first layer outweighs the loss.

DC-R1 (DeepCrime mutant): Reuters as words that occur or not. Made texts of ten classes and 400 words; Keras' own
default of 0.01.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import one_hot, word_counts
from programs.program import Program, stack

CAUSES = ("regularization",)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    counts, y = word_counts(seed, 800, 400, classes=10)
    model = stack(
        (400,),
        layers.Dense(128, kernel_regularizer=None if mended else "l1"),
        layers.Activation("relu"),
        layers.Dropout(0.5),
        layers.Dense(10),
        layers.Activation("softmax"),
    )
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, np.minimum(counts, 1), one_hot(y), {"epochs": 10, "batch_size": 32})
