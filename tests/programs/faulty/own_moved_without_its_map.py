"""OWN-moved-without-its-map (made for nbdebug): a network that finds edges turns its pictures, and not their maps."""

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("data", "layers", "usage", "labels")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(184)
    across, down = np.meshgrid(np.arange(16), np.arange(16))
    at, wide = rng.uniform(3, 13, (500, 2, 1, 1)), rng.uniform(1.5, 4, (500, 2, 1, 1))
    box = (abs(across - at[:, 0]) < wide[:, 0]) & (abs(down - at[:, 1]) < wide[:, 1])
    x = (box * rng.uniform(0.5, 1, (500, 1, 1)) + 0.2 * rng.normal(size=box.shape)).astype("float32")[..., None]
    model = stack(
        (16, 16, 1),
        layers.GaussianNoise(0.05) if mended else layers.RandomRotation(0.5, fill_mode="constant"),
        layers.Conv2D(12, 3, padding="same", activation="relu"),
        layers.Conv2D(12, 3, padding="same", activation="relu"),
        layers.Conv2D(1, 1, activation="sigmoid"),
    )
    model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy")
    return Program(model, x, box.astype("float32")[..., None], {"epochs": 12, "batch_size": 20})
