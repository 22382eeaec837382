"""OWN-padding-behind (made for nbdebug): short codes padded behind to 90 without a mask; an LSTM forgets them."""

import keras
import numpy as np
from keras import layers
from programs.program import Program

CAUSES = ("layers", "data", "usage")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(131)
    codes = np.zeros((700, 90), "int32")
    for code in codes:
        length = rng.integers(4, 10)
        code[:length] = rng.integers(1, 30, length)
    y = (codes == 7).any(axis=1) | (codes == 11).any(axis=1) | (codes == 19).any(axis=1) | (codes == 23).any(axis=1)
    model = keras.Sequential(
        [
            layers.Input((90,)),
            layers.Embedding(30, 8, mask_zero=mended),
            layers.LSTM(16),
            layers.Dense(1, "sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, codes, y.astype("float32"), {"epochs": 8, "batch_size": 32})
