"""OWN-outputs-in-the-wrong-order (made for nbdebug): labels in another order than the outputs."""

import keras
from keras import layers
from programs.program import Program
from sklearn.datasets import load_iris

CAUSES = ("labels", "usage", "api", "data")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, species = load_iris(return_X_y=True)
    length = x[:, 2:3] * 10  # mm
    virginica = (species == 2).astype("float32").reshape(-1, 1)
    x = x[:, [0, 1, 3]]
    x = (x - x.mean(0)) / x.std(0)
    i = keras.Input((3,))
    h = layers.Dense(20, activation="relu")(i)
    kind = layers.Dense(1, activation="sigmoid", name="virginica")(h)
    size = layers.Dense(1, name="length", bias_initializer=keras.initializers.Constant(37.0))(h)
    m = keras.Model(i, [kind, size])
    m.compile(
        keras.optimizers.Adam(0.02),
        loss=["binary_crossentropy", "mse"],
        loss_weights=[1.0, 0.01],
        metrics=[["accuracy"], ["mae"]],
    )
    return Program(m, x, [virginica, length] if mended else [length, virginica], {"epochs": 40, "batch_size": 16})
