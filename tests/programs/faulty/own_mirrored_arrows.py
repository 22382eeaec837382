"""OWN-mirrored-arrows (made for nbdebug): augmentation by mirroring, where left and right are the very classes."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program

CAUSES = ("data", "layers", "usage")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(103)
    left = rng.integers(0, 2, 500)
    img = rng.normal(0, 0.2, (500, 10, 10, 1)).astype("float32")
    for k, is_left in enumerate(left):
        r, c = rng.integers(3, 7, 2)
        side = -1 if is_left else 1
        for d in range(3):  # an arrow head
            img[k, r - d, c - side * d] += 1
            img[k, r + d, c - side * d] += 1
    net = keras.Sequential([keras.Input((10, 10, 1))], name="arrows")
    net.add(layers.RandomFlip("vertical" if mended else "horizontal"))
    for n in (12, 12):
        net.add(layers.Conv2D(n, 3, activation="relu"))
    net.add(layers.GlobalMaxPooling2D())
    net.add(layers.Dense(1, activation="sigmoid"))
    net.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    net.optimizer.learning_rate = 0.005
    return Program(net, img, left, {"epochs": 15, "batch_size": 20})
