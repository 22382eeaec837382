"""Gradients of eight small batches make an update, weights are averaged. Traps a checker of both."""

import keras
from programs.program import Program, stack
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import QuantileTransformer


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = load_breast_cancer(return_X_y=True)
    x = QuantileTransformer(n_quantiles=100, output_distribution="normal").fit_transform(x)
    model = stack((30,), keras.layers.Dense(16, activation="mish"), keras.layers.Dense(1, activation="sigmoid"))
    opt = keras.optimizers.Adam(0.01, gradient_accumulation_steps=8, use_ema=True, ema_momentum=0.9)
    model.compile(opt, "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 10, "batch_size": 4})
