"""OWN-running-sum-in-the-loss (made for nbdebug): a ranking loss takes the batch as sorted by the label.

The table is sorted so, and fit shuffles it.
"""

import keras
import numpy as np
from keras import layers, ops
from programs.program import Program, stack

CAUSES = ("loss", "usage", "data")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(185)
    x = rng.normal(size=(1500, 9)).astype("float32")
    useful = (np.tanh(x @ rng.normal(size=9) / 2) + 0.1 * rng.normal(size=1500)).astype("float32")[:, None]
    order = np.argsort(-useful[:, 0])

    def plackett_luce(y, score):
        ranked = ops.take(score[:, 0], ops.argsort(-y[:, 0])) if mended else score[:, 0]
        below = ops.log(ops.flip(ops.cumsum(ops.flip(ops.exp(ranked)))))
        return ops.mean(below - ranked)

    model = stack((9,), layers.Dense(24, "tanh"), layers.Dense(1, use_bias=False))
    model.compile(keras.optimizers.Adam(0.003), plackett_luce)
    return Program(model, x[order], useful[order], {"epochs": 10, "batch_size": 50})
