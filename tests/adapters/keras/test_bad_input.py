"""What cannot be used is refused in words, and what goes wrong leaves the probe usable."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from zoo.probes import looked

from nbdebug.adapters.keras.dataset import take
from nbdebug.adapters.keras.probe import KerasProbe
from nbdebug.adapters.keras.reading.batches import Batches
from nbdebug.adapters.keras.structure import name_inputs
from nbdebug.errors import Cancelled, ModelError, NbdebugError
from nbdebug.records.target import Target


class _Raising(keras.layers.Layer):
    def call(self, x):
        raise RuntimeError(f"the sensor is off for {x.shape}")


def test_an_unbuilt_model_is_refused():
    with pytest.raises(NbdebugError, match="not built"):
        KerasProbe(keras.Sequential([keras.layers.Dense(1)]), {"input": np.ones((2, 3), "float32")})


def test_what_is_no_model_is_refused():
    with pytest.raises(NbdebugError, match="not a Keras model"):
        KerasProbe(object(), {"input": np.ones((2, 3))})


def test_a_wrong_shape_names_expected_and_got():
    model = keras.Sequential([keras.Input((12, 2), name="x"), keras.layers.LSTM(2)])
    with pytest.raises(NbdebugError) as caught:
        KerasProbe(model, {"x": np.ones((4, 12, 3), "float32")})
    assert "(4, 12, 3), expected (example, 12, 2)" in caught.value.got


def test_names_and_counts_of_inputs_must_fit():
    model = looked("multi_input_list").model
    with pytest.raises(NbdebugError, match="as many arrays"):
        name_inputs(model, [np.ones((2, 3))])
    with pytest.raises(NbdebugError, match="names in x"):
        name_inputs(model, {"sequence": np.ones((2, 3)), "other": np.ones((2, 3))})


def test_a_model_that_raises_names_its_innermost_layer():
    class Model(keras.Model):
        def __init__(self):
            super().__init__(name="raising")
            self.first, self.sensor = keras.layers.Dense(2, name="first"), _Raising(name="sensor")

        def call(self, x):
            return self.sensor(self.first(x))

    model = Model()
    model.first.build((None, 3))
    model.built = True
    with pytest.raises(ModelError, match="sensor is off") as caught:
        KerasProbe(model, {"input": np.ones((2, 3), "float32")})
    assert "'sensor'" in caught.value.what


def test_an_error_while_running_names_its_layer():
    model = keras.Sequential([keras.Input((4,), dtype="int32"), keras.layers.Embedding(5, 2, name="lookup")])
    probe = KerasProbe(model, {"input": np.zeros((3, 4), "int32")})
    with pytest.raises(ModelError, match="lookup"):
        probe.predict({"input": np.full((3, 4), 77, "int32")})
    assert probe.predict({"input": np.zeros((3, 4), "int32")})["lookup"].shape == (3, 4, 2)


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, Cancelled])
def test_an_interruption_leaves_the_probe_usable(interruption):
    seen = looked("sequential")
    first = seen.probe.layers[0].name

    def stop(done, total):
        assert 0 < done <= total
        raise interruption

    before = seen.probe.predict(seen.named)
    for call in (
        lambda: seen.probe.predict(seen.named, stop),
        lambda: seen.probe.activations(first, seen.named, progress=stop),
        lambda: list(seen.probe.moments([first], seen.named, stop)),
        lambda: seen.probe.gradient(Target(first, None, 0, (1,)), seen.named, stop),
    ):
        with pytest.raises(interruption):
            call()
    assert all("call" not in vars(layer) for layer in seen.model.layers)
    for name, values in seen.probe.predict(seen.named).items():
        np.testing.assert_array_equal(values, before[name])


def test_exhausted_memory_halves_the_batch_and_says_so():
    notes, sizes = [], []

    def run(batch):
        sizes.append(len(batch["x"]))
        if len(batch["x"]) > 2:
            raise tf.errors.ResourceExhaustedError(None, None, "out of memory")
        return batch["x"].sum()

    results = list(Batches(8, False, notes.append).run(run, {"x": np.arange(9)}))
    assert sizes == [8, 4, 2, 2, 2, 2, 1]
    assert [done for done, _ in results] == [2, 4, 6, 8, 9]
    assert sum(r for _, r in results) == 36
    assert "batches of 2" in notes[-1]


def test_memory_is_estimated_from_the_shapes_of_all_layers():
    probe = looked("sequential").probe
    assert probe.estimate_bytes(8) == 8 * probe.estimate_bytes(1)
    assert probe.estimate_bytes(1) > 4 * (10 * 4 + 5 * 4)


def test_no_examples_are_refused():
    seen = looked("tabular")
    with pytest.raises(NbdebugError, match="no examples"):
        seen.probe.predict({"input": np.ones((0, 6), "float32")})


def _dataset(n=10):
    x = np.arange(n * 3, dtype="float32").reshape(n, 3)
    return tf.data.Dataset.from_tensor_slices((x, np.arange(n)))


def test_a_data_set_is_taken_whole_and_in_order():
    taken = take(_dataset().batch(4))
    np.testing.assert_array_equal(taken.y, np.arange(10))
    assert taken.x.shape == (10, 3)
    assert taken.sample_weight is None
    assert taken.n_bytes == 10 * 3 * 4 + 10 * 8


@pytest.mark.parametrize(
    ("dataset", "what"),
    [
        (lambda: _dataset().batch(4).repeat(), "no end"),
        (lambda: _dataset().shuffle(10).batch(4), "different data"),
        (lambda: _dataset().take(0).batch(4), "empty"),
        (lambda: tf.data.Dataset.range(4), "batches"),
    ],
)
def test_a_data_set_that_cannot_be_trusted_is_refused(dataset, what):
    with pytest.raises(NbdebugError, match=what):
        take(dataset())
