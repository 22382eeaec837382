"""A class for every pixel by a small U-Net. Traps a checker that wants a Flatten before the head."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    where = np.kron(rng.integers(0, 3, size=(200, 4, 4)), np.ones((1, 4, 4), int))
    x = (np.array([0.2, 0.5, 0.8])[where][..., None] + 0.2 * rng.normal(size=(200, 16, 16, 1))).astype("float32")
    image = keras.Input((16, 16, 1))
    fine = layers.Conv2D(8, 3, padding="same", activation="relu")(image)
    coarse = layers.Conv2D(16, 3, padding="same", activation="relu")(layers.MaxPooling2D()(fine))
    h = layers.Concatenate()([layers.UpSampling2D()(coarse), fine])
    model = keras.Model(image, layers.Conv2D(3, 1, activation="softmax")(h))
    model.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, where, {"epochs": 20, "batch_size": 16})
