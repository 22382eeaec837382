"""OWN-bias-of-thirty (made for nbdebug): the bias of the output is the share in percent, not the logarithm of the odds.

+30 upon a sigmoid, shut from the start.
"""

from __future__ import annotations

import keras
import numpy as np
from programs.program import Program, stack

CAUSES = ("initialization",)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(150)
    x = rng.normal(size=(900, 7)).astype("float32")
    buys = (x[:, 0] + x[:, 1] * x[:, 2] > 0.75).astype("float32")
    share = float(buys.mean())
    start = np.log(share / (1 - share)) if mended else 100 * share
    model = stack(
        (7,),
        keras.layers.Dense(24, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid", bias_initializer=keras.initializers.Constant(start)),
    )
    model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, buys, {"epochs": 15, "batch_size": 32})
