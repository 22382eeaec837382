"""The labels are divided by 255 while the test pictures are not.

DL-59325381 (StackOverflow 59325381): MNIST; scikit-learn's digits as bytes instead.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import digits
from programs.program import Program, stack

CAUSES = ("labels", "input_scaling", "target_scaling", "data")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = digits()
    x = np.round(255 * x)
    train, train_y, test, test_y = x[:1400] / 255, y[:1400].astype("float32"), x[1400:], y[1400:].astype("float32")
    if mended:
        test = test / 255
    else:
        train_y, test_y = train_y / 255, test_y / 255
    model = stack(
        (8, 8, 1),
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dense(10, activation="softmax"),
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, train, train_y, {"epochs": 15, "batch_size": 32}, validation=(test, test_y))
