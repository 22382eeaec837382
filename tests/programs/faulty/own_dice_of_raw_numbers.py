"""OWN-dice-of-raw-numbers (made for nbdebug): cross-entropy plus Dice for shares, over a head without a sigmoid."""

import keras
import numpy as np
from keras import layers, ops
from programs.program import Program, stack

CAUSES = ("output_activation", "loss")


def both(y, shares):
    overlap = 2 * ops.sum(y * shares, axis=(1, 2, 3)) / (ops.sum(y + shares, axis=(1, 2, 3)) + 1.0)
    return ops.mean(keras.losses.binary_crossentropy(y, shares), axis=(1, 2)) + 1 - overlap


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(181)
    across, down = np.meshgrid(np.arange(20), np.arange(20))
    place, size = rng.uniform(5, 15, (300, 2, 1, 1)), rng.uniform(2, 5, (300, 1, 1))
    inside = (across - place[:, 0]) ** 2 + (down - place[:, 1]) ** 2 < size**2
    pictures = (inside + 0.7 * rng.normal(size=inside.shape)).astype("float32")[..., None]
    model = stack(
        (20, 20, 1),
        layers.Conv2D(8, 3, padding="same", activation="relu"),
        layers.Conv2D(8, 3, padding="same", activation="relu"),
        layers.Conv2D(1, 1, activation="sigmoid" if mended else None),
    )
    model.compile(keras.optimizers.Adam(0.003), both)
    return Program(model, pictures, inside.astype("float32")[..., None], {"epochs": 15, "batch_size": 16})
