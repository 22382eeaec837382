"""Looking changes nothing: the guarantees, over the whole zoo."""

import random

import keras
import numpy as np
import pytest
import tensorflow as tf
from zoo.models import ZOO

from nbdebug.adapters.keras.probe import KerasProbe
from nbdebug.adapters.keras.structure import name_inputs
from nbdebug.records.target import Target

QUICK = ("sequential", "subclassed", "stateful_rnn", "batch_norm_dropout", "custom_layer", "custom_train_step")


def _next_name():
    """The number that Keras would give the next unnamed layer; asking uses that number up."""
    return int(keras.layers.Dense(1).name.removeprefix("dense").removeprefix("_") or 0)


def _state(model):
    keras_variables = [v.numpy().tobytes() for v in model.variables]
    slots = [v.numpy().tobytes() for v in model.optimizer.variables] if model.optimizer else []
    loose = [layer.calls.numpy() for layer in model.layers if hasattr(layer, "calls")]
    return {
        "variables": keras_variables,
        "slots": slots,
        "loose": loose,
        "trainable": [layer.trainable for layer in model.layers],
        "compiled": (model.compiled, model.loss, id(model.optimizer)),
        "functions": (model.train_function, model.predict_function, model.test_function),
        "attributes": [sorted(vars(layer)) for layer in model.layers],
        "python": random.getstate(),
        "numpy": np.random.get_state()[1].tobytes(),
        "tensorflow": tf.random.get_global_generator().state.numpy().tobytes(),
        "policy": keras.config.dtype_policy().name,
    }


def _look_at_everything(model, named):
    probe = KerasProbe(model, named, batch_size=4)
    yield "open", probe
    names = [layer.name for layer in probe.layers if layer.output_shape is not None]
    predictions = probe.predict(named)
    yield "predict", None
    probe.trace(names, named)
    yield "trace", None
    probe.activations(names[0], named, training=True)
    yield "training trace", None
    for _ in probe.moments(names, named):
        pass
    yield "moments", None
    head = probe.heads[0]
    probe.gradient(Target(None, head.name, 0, (1,) if head.time_axis else None), named)
    yield "gradient", None
    for each in probe.heads:
        probe.losses(each.name, predictions[each.name], predictions[each.name])
    probe.fingerprint()
    yield "losses", None


@pytest.mark.parametrize("name", ZOO)
def test_nothing_is_changed_by_any_call(name):
    model, x, _ = ZOO[name]()
    named = name_inputs(model, x)
    data = {k: v.copy() for k, v in named.items()}
    before, number = _state(model), _next_name()
    for call, _ in _look_at_everything(model, named):
        after = _state(model)
        assert [what for what in before if before[what] != after[what]] == [], call
        number += 1
        assert _next_name() == number, f"{call} used up an automatic name"
    for k, array in data.items():
        np.testing.assert_array_equal(array, named[k])


@pytest.mark.parametrize("name", QUICK)
def test_training_afterwards_is_bit_identical(name):
    histories, draws = [], []
    for looks in (False, True):
        model, x, y = ZOO[name]()
        keras.utils.set_random_seed(1)
        if looks:
            for _ in _look_at_everything(model, name_inputs(model, x)):
                pass
        fitted = model.fit(x, y, epochs=2, batch_size=3, verbose=0)
        histories.append(fitted.history)
        draws.append((random.random(), np.random.random(), float(tf.random.uniform(()))))
    assert histories[0] == histories[1]
    assert draws[0] == draws[1]
