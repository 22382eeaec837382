"""Three labels that may hold at once, behind a softmax under mse; the counts that go in are not scaled.

DL-38648195 (StackOverflow 38648195): 60,000 examples of 20 counts; 1,500 here.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import curve, standardise
from programs.program import Program, stack

CAUSES = ("output_activation", "loss", "input_scaling")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    z, numbers = curve(seed, 1500, 20, 3)
    y = (numbers > 0).astype("float32")
    counts = np.random.default_rng(seed).poisson(np.exp(0.8 * z + 3)).astype("float32")
    model = stack(
        (20,),
        layers.Dense(40, activation="relu"),
        layers.Dense(20, activation="relu"),
        layers.Dense(3, activation="sigmoid" if mended else "softmax"),
    )
    model.compile("adam", "binary_crossentropy" if mended else "mse", metrics=["accuracy"])
    return Program(model, standardise(np.log1p(counts)) if mended else counts, y, {"epochs": 20, "batch_size": 32})
