"""OWN-next-letter-seen (made for nbdebug): a model of letters reads in both directions and sees what it tells."""

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("layers", "usage", "data")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(173)
    chances = rng.dirichlet(np.full(8, 0.3), 8).cumsum(axis=1)
    letters = rng.integers(0, 8, (600, 13))
    for t in range(12):
        letters[:, t + 1] = np.minimum((rng.random((600, 1)) > chances[letters[:, t]]).sum(axis=1), 7)
    memory = layers.GRU(24, return_sequences=True)
    reads = memory if mended else layers.Bidirectional(memory)
    model = stack((12,), layers.Embedding(8, 12), reads, layers.Dense(8, "softmax"))
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, letters[:, :-1], letters[:, 1:], {"epochs": 8, "batch_size": 32})
