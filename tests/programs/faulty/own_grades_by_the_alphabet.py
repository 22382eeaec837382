"""OWN-grades-by-the-alphabet (made for nbdebug): bad, fair, good, great and poor become 0 to 4, and are predicted."""

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("labels", "loss", "output_units", "target_scaling")

GRADES = ("bad", "poor", "fair", "good", "great")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(189)
    x = rng.normal(size=(1500, 9)).astype("float32")
    taste = x @ [0.8, -0.4, 0.3, 0, 0.5, 0, 0.2, -0.6, 0] + 0.3 * rng.normal(size=1500)
    grade = np.digitize(taste, np.quantile(taste, [0.2, 0.4, 0.6, 0.8]))
    code = grade if mended else np.array([sorted(GRADES).index(name) for name in GRADES])[grade]
    model = stack((9,), layers.Dense(24, "relu"), layers.Dense(1))
    model.compile(keras.optimizers.Adam(0.003), "mse")
    return Program(model, x, code.astype("float32")[:, None], {"epochs": 20, "batch_size": 32})
