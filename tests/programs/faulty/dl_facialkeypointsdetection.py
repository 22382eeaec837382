"""Adam at 0.1 for a deep network that puts out coordinates.

DL-FacialKeypointsDetection (GitHub): 30 coordinates in grey pictures of 96 by 96, 100 epochs there. Made pictures of
24 by 24 with one bright spot, whose two coordinates are asked for; the twin takes SGD and four times the epochs.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("learning_rate", "optimizer", "epochs")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    y = rng.uniform(-0.8, 0.8, size=(300, 2))
    grid = np.linspace(-1, 1, 24)
    apart = (grid[None, :, None] - y[:, None, None, 0]) ** 2 + (grid[None, None, :] - y[:, None, None, 1]) ** 2
    x = (np.exp(-apart / 0.08) + 0.05 * rng.normal(size=(300, 24, 24)))[..., None].astype("float32")
    model = stack(
        (24, 24, 1),
        layers.Conv2D(12, 3, strides=2, activation="relu"),
        layers.Conv2D(24, 3, strides=2, activation="relu"),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dense(32, activation="relu"),
        layers.Dense(2),
    )
    optimizer = keras.optimizers.SGD(0.02, momentum=0.9, nesterov=True) if mended else keras.optimizers.Adam(0.1)
    model.compile(optimizer, "mse")
    return Program(model, x, y.astype("float32"), {"epochs": 80 if mended else 20, "batch_size": 16})
