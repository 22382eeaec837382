"""Models of pictures and volumes, and where channels come first."""

from __future__ import annotations

import numpy as np
from keras import layers
from zoo.parts import C, N, T, binary, floats, stacked


def conv2d():
    model = stacked(
        layers.Conv2D(3, 3, activation="relu"), layers.MaxPooling2D(), layers.Flatten(),
        layers.Dense(4, activation="softmax"), shape=(8, 8, 1), loss="sparse_categorical_crossentropy",
    )  # fmt: skip
    return model, floats(8, 8, 1), np.arange(N) % 4


def conv3d():
    model = stacked(
        layers.Conv3D(2, 2, activation="relu"),
        layers.GlobalAveragePooling3D(),
        layers.Dense(1),
        shape=(5, 5, 5, 1),
        loss="mse",
    )
    return model, floats(5, 5, 5, 1), floats(1)


def channels_first():
    first = {"data_format": "channels_first"}
    model = stacked(
        layers.SeparableConv1D(4, 3, padding="same", activation="relu", **first), layers.BatchNormalization(axis=1),
        layers.ReLU(), layers.MaxPooling1D(2, **first), layers.GlobalAveragePooling1D(**first),
        layers.Dense(1, activation="sigmoid"), shape=(C, T),
    )  # fmt: skip
    return model, floats(C, T), binary()


def channels_first_image():
    first = {"data_format": "channels_first"}
    model = stacked(
        layers.DepthwiseConv2D(3, **first), layers.BatchNormalization(axis=1), layers.MaxPooling2D(**first),
        layers.Flatten(**first), layers.Dense(2, activation="softmax"), shape=(3, 8, 6),
        loss="sparse_categorical_crossentropy",
    )  # fmt: skip
    return model, floats(3, 8, 6), np.arange(N) % 2
