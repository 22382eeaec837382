"""Looks at every zoo model and prints, as JSON, what that changed.

A program of its own: the shape checks of the tests draw from Python's random state, which is one of the things watched.
"""

import json
import random
import sys

import keras
import numpy as np
import tensorflow as tf
from zoo.models import ZOO

from nbdebug.adapters.keras.probe import KerasProbe
from nbdebug.adapters.keras.structure import name_inputs
from nbdebug.checkup import check
from nbdebug.records.target import Target

FITTED = ("sequential", "subclassed", "stateful_rnn", "batch_norm_dropout", "custom_layer", "custom_train_step")
QUICK = ("contract", "architecture", "data", "initialisation", "dead_layer", "not_finite")
"""Families of checks for every model; those that train copies run on the fitted ones."""


def automatic_names():
    """The numbers that Keras gives the next unnamed objects; asking uses them up."""
    made = (keras.layers.Flatten(), keras.Sequential(), keras.random.SeedGenerator(1))
    return [int("".join(c for c in thing.name.rpartition("_")[2] if c.isdigit()) or 0) for thing in made]


def state(model):
    """Everything that looking must leave alone."""
    return {
        "variables": [v.numpy().tobytes() for v in model.variables],
        "rnn states": [s.numpy().tobytes() for layer in model.layers for s in getattr(layer, "states", None) or ()],
        "slots": [v.numpy().tobytes() for v in model.optimizer.variables] if model.optimizer else [],
        "TensorFlow variables": [layer.calls.numpy() for layer in model.layers if hasattr(layer, "calls")],
        "trainable": [layer.trainable for layer in model.layers],
        "compile state": (model.compiled, model.loss, id(model.optimizer)),
        "functions": (model.train_function, model.predict_function, model.test_function),
        "attributes": [sorted(vars(layer)) for layer in model.layers],
        "python random": random.getstate(),
        "numpy random": np.random.get_state()[1].tobytes(),
        "tensorflow random": tf.random.get_global_generator().state.numpy().tobytes(),
        "policy": keras.config.dtype_policy().name,
    }


def look(model, named, y=None, families=QUICK):
    """Make every call of a probe, and a checkup, telling which after each."""
    probe = KerasProbe(model, named, batch_size=4)
    yield "open"
    names = [layer.name for layer in probe.layers if layer.output_shape is not None]
    predictions = probe.predict(named)
    yield "predict"
    probe.trace(names, named)
    yield "trace"
    probe.activations(names[0], named, training=True)
    yield "training trace"
    for _ in probe.moments(names, named):
        pass
    yield "moments"
    head = probe.heads[0]
    probe.gradient(Target(None, head.name, 0, (1,) if head.time_axis else None), named)
    yield "gradient"
    for each in probe.heads:
        probe.losses(each.name, predictions[each.name], predictions[each.name])
    probe.fingerprint()
    yield "losses and fingerprint"
    check(model, named, y, only=families, epochs=1, batch_size=4)
    yield "checkup"


def changes(name):
    """What each call changed, in words."""
    model, x, y = ZOO[name]()
    named = name_inputs(model, x)
    data = {k: v.copy() for k, v in named.items()}
    found = []
    before, numbers = state(model), automatic_names()
    for call in look(model, named, y):
        after = state(model)
        found += [f"{call}: {what}" for what in before if before[what] != after[what]]
        expected, numbers = [n + 1 for n in numbers], automatic_names()
        found += [f"{call}: automatic names"] if numbers != expected else []
    return found + [f"data {k}" for k in data if not np.array_equal(data[k], named[k])]


def fitted(name, looks):
    """History of a fit and the next random draws, after looking or not."""
    model, x, y = ZOO[name]()
    keras.utils.set_random_seed(1)
    if looks:
        list(look(model, name_inputs(model, x), y, families=None))
    few = keras.tree.map_structure(lambda a: a[:3], (x, y))
    history = model.fit(*few, epochs=2, batch_size=3, verbose=0).history
    return [history, random.random(), np.random.random(), float(tf.random.uniform(()))]


if __name__ == "__main__":
    report = {
        "changes": {name: changes(name) for name in ZOO},
        "fits": {name: [fitted(name, False), fitted(name, True)] for name in FITTED},
    }
    json.dump(report, sys.stdout)
