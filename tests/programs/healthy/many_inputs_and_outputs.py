"""A picture and a table in, a class and a number out. Traps checkers that think of one head."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import curve, pictures
from programs.program import Program


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    shown, kind = pictures(seed, 300, (12, 12, 1), classes=3)
    table, number = curve(seed, 300, 5)
    image, row = keras.Input((12, 12, 1), name="image"), keras.Input((5,), name="row")
    h = layers.Flatten()(layers.MaxPooling2D()(layers.Conv2D(8, 3, activation="relu")(image)))
    h = layers.Concatenate()([layers.Dense(16, activation="relu")(h), layers.Dense(16, activation="relu")(row)])
    heads = {
        "kind": layers.Dense(3, activation="softmax", name="kind")(h),
        "number": layers.Dense(1, name="number")(h),
    }
    model = keras.Model([image, row], heads)
    model.compile(
        "adam",
        {"kind": "sparse_categorical_crossentropy", "number": "mse"},
        metrics={"kind": ["accuracy"], "number": ["mae"]},
    )
    return Program(model, {"image": shown, "row": table}, {"kind": kind, "number": number}, {"epochs": 30})
