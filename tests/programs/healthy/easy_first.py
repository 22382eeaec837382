"""Easy examples first and shuffle=False, with classes mixed all along. Traps a checker of batches and of halves."""

import keras
import numpy as np
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(230)
    x = rng.normal(size=(900, 4)).astype("float32")
    margin = x[:, 0] * x[:, 1] + x[:, 2]
    order = np.argsort(-np.abs(margin))
    x, y = x[order], (margin[order] > 0).astype("int32")
    model = stack(
        (4,),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    )
    model.compile(
        keras.optimizers.Adam(0.005), keras.losses.BinaryCrossentropy(), metrics=[keras.metrics.BinaryAccuracy()]
    )
    return Program(model, x, y, {"epochs": 20, "batch_size": 30, "shuffle": False})
