"""A softmax on one unit under the Poisson loss at 1e-6; layers with channels first and last are mixed.

DM-63212385 (StackOverflow 63212385): Conv3D on 100 volumes of 64 x 64 x 40 x 20; of 12 x 12 x 8 x 4 here. The mix is
in the axis of batch normalisation, as a processor cannot convolve channels first.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import pictures
from programs.program import Program, stack

CAUSES = ("output_activation", "loss", "learning_rate", "batch_norm", "output_units", "shape")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 100, (12, 12, 8, 4))
    axis = -1 if mended else 1
    model = stack(
        (12, 12, 8, 4),
        layers.Conv3D(8, 3, activation="relu"),
        layers.BatchNormalization(axis=axis, momentum=0.9),
        layers.MaxPooling3D(2),
        layers.Conv3D(8, 2, activation="relu"),
        layers.BatchNormalization(axis=axis, momentum=0.9),
        layers.GlobalAveragePooling3D(),
        layers.Dense(16, activation="relu"),
        layers.Dense(1, activation="sigmoid" if mended else "softmax"),
    )
    optimizer = keras.optimizers.Adam(1e-3 if mended else 1e-6)
    model.compile(optimizer, "binary_crossentropy" if mended else "poisson", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 30, "batch_size": 10})
