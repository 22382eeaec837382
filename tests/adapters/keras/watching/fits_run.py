"""Trains in many ways, bare and watched, and prints, as JSON, what differs.

A program of its own: the shape checks of the tests draw from Python's random state, which is one of the things watched.
"""

import json
import random
import sys

import keras
import numpy as np
import tensorflow as tf
from zoo.fed import Items, N, X, Y, drawn, net, shuffled, subclassed

from nbdebug.adapters.keras.watching import preflight
from nbdebug.adapters.keras.watching.watch import watch


class Lazy(keras.layers.Layer):
    """Makes a layer, and with it draws a seed, only when it is built."""

    def build(self, shape):
        self.inner = keras.layers.Dense(4, "relu")
        self.inner.build(shape)

    def call(self, x):
        return self.inner(x)


def by_batch(model):
    for i in range(0, N, 10):
        model.train_on_batch(X[i : i + 10], Y[i : i + 10])


def from_generator(model):
    # Keras reads ahead, so a second fit of one generator begins somewhere else each time.
    model.fit(drawn(), steps_per_epoch=4, epochs=2, verbose=0)


def twice(model):
    model.fit(X, Y, epochs=2, validation_split=0.2, verbose=0, callbacks=[keras.callbacks.EarlyStopping(patience=1)])
    model.fit(X, Y, batch_size=10, verbose=0)


TRAININGS = {
    "arrays, not built": (net, twice),
    "arrays, built": (lambda: net(keras.Input((6,))), twice),
    "a layer made late": (lambda: net(Lazy()), twice),
    "subclassed": (lambda: subclassed(), twice),
    "data set": (net, lambda model: model.fit(shuffled(), epochs=2, verbose=0)),
    "data set, built": (lambda: net(keras.Input((6,))), lambda model: model.fit(shuffled(), epochs=2, verbose=0)),
    "random data set": (lambda: net(keras.Input((6,))), lambda model: model.fit(shuffled(True), epochs=2, verbose=0)),
    "generator": (net, from_generator),
    "PyDataset": (lambda: net(keras.Input((6,))), lambda model: model.fit(Items(), epochs=2, verbose=0)),
    "batch by batch": (net, by_batch),
}


def trained(name):
    """History and weights after training, the optimizer's own, the next random draws, the next automatic name."""
    make, train = TRAININGS[name]
    keras.utils.clear_session()
    keras.utils.set_random_seed(5)
    model = make()
    train(model)
    history = getattr(getattr(model, "history", None), "history", {})
    weights = [weight.tobytes() for weight in model.get_weights()]
    slots = [variable.numpy().tobytes() for variable in model.optimizer.variables]
    drawn = random.random(), np.random.random(), float(tf.random.uniform(()))
    return {
        "history": history,
        "weights": weights,
        "slots": slots,
        "draws": drawn,
        "name": keras.layers.Dense(1).name,
    }


def differences(name, **settings):
    """What a training that is watched does otherwise than a bare one."""
    without, reports = trained(name), []
    undo = watch(preflight.Preflight(lambda fit: reports.append(fit.report), **settings))
    try:
        watched = trained(name)
    finally:
        undo()
    assert reports
    return [key for key in without if without[key] != watched[key]]


if __name__ == "__main__":
    found = {name: differences(name, confirm=False) for name in TRAININGS}
    # What trains copies takes long, and comes after the fit.
    found["copies"] = differences("arrays, built")
    found["no time"] = differences("arrays, built", seconds=0.0, confirm=False)
    json.dump(found, sys.stdout)
