"""A linear base fitted by PCA and trained on at a small rate, behind a head that has learned before.

Traps a checker of stacks of linear layers, and one of small learning rates.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import digits
from programs.program import Program
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    images, y = digits()
    x = images.reshape(len(images), 64)
    known, fresh = slice(0, 900), slice(900, None)
    components = PCA(20, random_state=seed).fit(x[known])
    told = LogisticRegression(max_iter=300).fit(components.transform(x[known]), y[known])
    base = keras.Sequential([keras.Input((64,)), layers.Dense(20)], name="base")
    base.layers[0].set_weights([components.components_.T, -components.mean_ @ components.components_.T])
    inputs, head = keras.Input((64,)), layers.Dense(10, activation="softmax", name="head")
    model = keras.Model(inputs, head(base(inputs)))
    head.set_weights([told.coef_.T, told.intercept_])
    model.compile(keras.optimizers.Adam(2e-4), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x[fresh], y[fresh], {"epochs": 3, "batch_size": 32})
