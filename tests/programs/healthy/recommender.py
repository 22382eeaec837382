"""Two embeddings and their product say how many stars a user gives: a rating as a number, labels 1 to 5."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    users, films = rng.integers(0, 60, 3000), rng.integers(0, 40, 3000)
    taste, style = rng.normal(size=(60, 3)), rng.normal(size=(40, 3))
    stars = np.clip(np.round(3 + (taste[users] * style[films]).sum(axis=1) / 1.5), 1, 5).astype("float32")
    user, film = keras.Input((1,), dtype="int32", name="user"), keras.Input((1,), dtype="int32", name="film")
    who, what = layers.Embedding(60, 8), layers.Embedding(40, 8)
    liking = layers.Dot(axes=-1)([layers.Flatten()(who(user)), layers.Flatten()(what(film))])
    bias = layers.Flatten()(layers.Embedding(40, 1, embeddings_initializer=keras.initializers.Constant(3.0))(film))
    model = keras.Model([user, film], layers.Add()([liking, bias]))
    model.compile(keras.optimizers.Adam(0.01), "mse", metrics=["mae"])
    return Program(model, [users[:, None], films[:, None]], stars, {"epochs": 20, "batch_size": 64})
