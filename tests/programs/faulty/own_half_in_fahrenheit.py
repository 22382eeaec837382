"""OWN-half-in-fahrenheit (made for nbdebug): every other station reports in another unit."""

import keras
import numpy as np
from programs.program import Program, stack

CAUSES = ("data", "input_scaling")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(151)
    celsius, wind = rng.uniform(-10, 40, 800), rng.normal(size=800)
    y = np.exp(-((celsius - 18) ** 2) / 60) + 0.1 * wind
    report = celsius.copy()
    if not mended:
        report[::2] = report[::2] * 9 / 5 + 32
    x = np.c_[(report - report.mean()) / report.std(), wind]
    model = stack(
        (2,),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(1),
    )
    model.compile(keras.optimizers.Adam(0.005), "mse")
    return Program(model, x, y, {"epochs": 30, "batch_size": 32})
