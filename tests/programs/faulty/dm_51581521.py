"""A softmax on one unit over a frozen base.

DM-51581521 (StackOverflow 51581521): transfer from VGG16 to two classes. A small base trained on other classes of
the same made pictures (32 by 32) instead of ImageNet's weights.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import pictures
from programs.program import Program, stack

CAUSES = ("output_activation", "output_units")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 200, (32, 32, 3), classes=6)
    base = stack(
        (32, 32, 3),
        layers.Conv2D(12, 3, strides=2, activation="relu"),
        layers.Conv2D(24, 3, strides=2, activation="relu"),
        layers.Flatten(),
        name="base",
    )
    old = keras.Sequential([base, layers.Dense(6, activation="softmax")])
    old.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    old.fit(x, y, epochs=3, batch_size=32, verbose=0)
    base.trainable = False
    head = layers.Dense(1, activation="sigmoid" if mended else "softmax")
    model = keras.Sequential([keras.Input((32, 32, 3)), base, layers.Dense(32, activation="relu"), head])
    model.compile(keras.optimizers.Adam(0.001), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y % 2, {"epochs": 20, "batch_size": 16})
