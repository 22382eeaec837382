"""OWN-decay-of-twenty (made for nbdebug): AdamW with weight_decay=20, meant as 0.02.

Each step takes a tenth off every weight.
"""

from __future__ import annotations

import keras
from programs.program import Program, stack
from sklearn.datasets import load_wine
from sklearn.preprocessing import StandardScaler

CAUSES = ("regularization", "optimizer")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = load_wine(return_X_y=True)
    x = StandardScaler().fit_transform(x)
    model = stack(
        (13,),
        keras.layers.Dense(32, activation="gelu"),
        keras.layers.Dense(16, activation="gelu"),
        keras.layers.Dense(3),
    )
    model.compile(
        keras.optimizers.AdamW(0.005, weight_decay=0.02 if mended else 20.0),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return Program(model, x, y, {"epochs": 25, "batch_size": 16})
