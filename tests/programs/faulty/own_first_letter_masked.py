"""OWN-first-letter-masked (made for nbdebug): adenine is 0, and mask_zero=True takes it for padding."""

import keras
import numpy as np
from keras import layers
from programs.program import Program

CAUSES = ("layers", "data")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(130)
    dna = rng.integers(0, 4, (600, 14))
    rich = (dna == 0).sum(1)
    y = ((rich - rich.mean()) / rich.std()).astype("float32")
    model = keras.Sequential(
        [
            layers.Input((14,)),
            layers.Embedding(4, 6, mask_zero=not mended),
            layers.GlobalAveragePooling1D(),
            layers.Dense(16, "relu"),
            layers.Dense(1),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), "mse")
    return Program(model, dna, y, {"epochs": 12, "batch_size": 32})
