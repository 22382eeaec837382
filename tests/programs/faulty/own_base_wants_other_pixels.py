"""OWN-base-wants-other-pixels (made for nbdebug): a frozen base is fed another scale than it was fitted to.

Its pixels were between -1 and 1; here they are 0 to 255, and its tanh units all saturate.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

CAUSES = ("input_scaling",)


def pretrained():
    x = load_digits().data / 8 - 1
    pca = PCA(32, whiten=True, random_state=0).fit(x)
    w = pca.components_.T / np.sqrt(pca.explained_variance_)
    base = keras.Sequential(
        [keras.Input((8, 8)), layers.Flatten(), layers.Dense(32, activation="tanh")], name="pretrained"
    )
    base.layers[-1].set_weights([w, -pca.mean_ @ w])
    base.trainable = False
    return base


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    d = load_digits()
    photos = (d.images * 255 / 16).astype("float32")
    if mended:
        photos = photos / 127.5 - 1
    inp = keras.Input((8, 8))
    h = pretrained()(inp, training=False)
    h = layers.Dropout(0.1)(h)
    model = keras.Model(inp, layers.Dense(10, activation="softmax")(h))
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, photos, d.target, {"epochs": 12, "batch_size": 32, "validation_split": 0.2})
