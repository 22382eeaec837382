"""OWN-rows-normalised-not-columns (made for nbdebug): normalize() scales rows, so how strong a signal is gets lost."""

import keras
import numpy as np
from programs.program import Program, stack
from sklearn.preprocessing import StandardScaler, normalize

CAUSES = ("input_scaling", "data")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(19)
    level = rng.integers(0, 3, 900)
    gain = np.array([0.5, 1.0, 2.0])[level] * rng.lognormal(0, 0.12, 900)
    spectrum = gain[:, None] * (np.array([4, 7, 2, 1, 5, 3]) + rng.normal(0, 0.8, (900, 6)))
    x = StandardScaler().fit_transform(spectrum) if mended else normalize(spectrum)
    model = stack(
        (6,),
        keras.layers.Dense(24, activation="relu"),
        keras.layers.Dense(24, activation="relu"),
        keras.layers.Dense(3, "softmax"),
    )
    model.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, level, {"epochs": 20, "batch_size": 32})
