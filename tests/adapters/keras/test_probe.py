"""Every model of the zoo: what is described, predicted, shown and counted."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from zoo.models import ZOO
from zoo.parts import T
from zoo.probes import looked

from nbdebug.measure.moments import Moments

everything = pytest.mark.parametrize("name", ZOO)


def _arrays(returned):
    return [np.asarray(t, "float64") for t in keras.tree.flatten(returned)]


@everything
def test_each_layer_is_described_once_and_says_what_it_cannot_offer(name):
    seen = looked(name)
    layers = seen.probe.layers
    names = [layer.name for layer in layers]
    assert len(set(names)) == len(names)
    own = {layer.name for layer in seen.model.layers if not isinstance(layer, keras.layers.InputLayer)}
    assert own <= {layer.path for layer in layers}
    top = {layer.path: layer.n_parameters for layer in layers if "/" not in layer.path}
    assert sum(top.values()) == seen.model.count_params()
    for layer in layers:
        assert layer.reason or (layer.output_shape is not None and layer.time_axis is not None)
        assert layer.time_axis is None or layer.n_positions == layer.output_shape[layer.time_axis]


@everything
def test_predictions_are_those_of_the_model(name):
    seen = looked(name)
    found = seen.probe.predict(seen.named)
    expected = seen.outputs()
    expected = expected if isinstance(expected, dict) else dict(zip(found, keras.tree.flatten(expected), strict=True))
    for head in seen.probe.heads:
        tolerance = 2e-3 if name == "mixed_float16" else 1e-5
        np.testing.assert_allclose(found[head.name], np.asarray(expected[head.name]), rtol=tolerance, atol=tolerance)
        assert found[head.name].shape[1:] == head.shape


@everything
def test_moments_of_all_layers_equal_numpy_on_the_whole_activations(name):
    seen = looked(name)
    names = seen.with_values()
    layers = {n: seen.probe.layer(n) for n in names}
    for done, running in seen.probe.moments(names, seen.named):  # noqa: B007
        pass
    assert done == len(next(iter(seen.named.values())))
    for n, (values, mask) in seen.probe.trace(names, seen.named).items():
        axis = layers[n].unit_axis
        values = values[..., None] if axis is None else np.moveaxis(values, axis, -1)
        naive = Moments.empty(values.shape[-1], running[n].every, running[n].bounds)
        naive.update(values, mask)
        found, expected = running[n].finish(n, "", True), naive.finish(n, "", True)
        scale = np.abs(values).max() + 1e-30
        for what in ("mean", "std", "minimum", "maximum"):
            np.testing.assert_allclose(getattr(found, what), getattr(expected, what), atol=2e-6 * scale, rtol=1e-5)
        for what in ("n_values", "zero_share", "saturated_share", "not_finite", "dead", "constant"):
            np.testing.assert_array_equal(getattr(found, what), getattr(expected, what), err_msg=what)
        assert np.abs(found.histogram.counts - expected.histogram.counts).sum() <= 0.01 * values.size


@pytest.mark.parametrize(
    "name", ["sequential", "functional", "conv2d", "attention", "batch_norm_dropout", "float64", "masking"]
)
def test_activations_equal_a_sub_model(name):
    seen = looked(name)
    for layer in seen.model.layers:
        if isinstance(layer, keras.layers.InputLayer):
            continue
        expected = keras.Model(seen.model.inputs, layer.output, name=f"until_{layer.name}")(seen.x, training=False)
        values, _ = seen.probe.activations(layer.name, seen.named)
        np.testing.assert_allclose(values, np.asarray(expected), rtol=1e-5, atol=1e-6)
        assert values.dtype == np.asarray(expected).dtype


def test_activations_of_a_subclassed_model_are_those_of_its_calls():
    seen = looked("subclassed")
    expected = seen.model.blocks[0](seen.model.first(seen.x))
    np.testing.assert_allclose(
        seen.probe.activations("block_0", seen.named)[0], np.asarray(expected), rtol=1e-5, atol=1e-6
    )
    unused = seen.probe.layer("unused")
    assert "did not call" in unused.reason
    assert unused.output_shape is None


def test_a_shared_layer_is_shown_call_by_call():
    seen = looked("shared_layers")
    shared = seen.model.get_layer("shared")
    expected = [np.asarray(shared(array)) for array in seen.x]
    found = [seen.probe.activations(name, seen.named)[0] for name in ("shared", "shared@2")]
    # Keras runs the two calls in an order of its own.
    found = found if np.allclose(found[0], expected[0], atol=1e-5) else found[::-1]
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


def test_layers_that_share_a_name_go_by_their_path():
    names = [layer.name for layer in looked("nested").probe.layers]
    assert {"encoder/conv", "other/conv", "relu", "act"} <= set(names)


def test_time_is_followed_and_its_span_told():
    layers = {layer.name: layer for layer in looked("sequential").probe.layers}
    kinds = {layer.type: layer for layer in layers.values()}
    assert (kinds["Conv1D"].time_axis, kinds["Conv1D"].time_span) == (1, 1)
    assert (kinds["MaxPooling1D"].time_axis, kinds["MaxPooling1D"].time_span) == (1, 2)
    assert kinds["Flatten"].time_axis is None
    assert kinds["Dense"].time_axis is None
    assert "backwards" in next(x for x in looked("bidirectional_lstm").probe.layers if "backward" in x.name).reason


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("sequential", ["sequence"]), ("embedding", ["tokens"]), ("conv2d", ["image"]), ("tabular", ["tabular"]),
        ("multi_input_list", ["sequence", "tabular"]), ("video", ["other"]),
    ],
)  # fmt: skip
def test_inputs_know_their_kind(name, kinds):
    assert [given.kind for given in looked(name).probe.inputs] == kinds


def test_padding_is_masked_where_keras_masks_it():
    for name, layer in (("mask_zero", "lstm"), ("masking", "gru")):
        seen = looked(name)
        found = next(x.name for x in seen.probe.layers if x.type.lower() == layer and x.time_axis)
        _, mask = seen.probe.activations(found, seen.named)
        expected = seen.x != 0 if name == "mask_zero" else (seen.x != 0).any(axis=-1)
        np.testing.assert_array_equal(mask, expected)


def test_a_training_trace_differs_and_leaves_the_averages():
    seen = looked("batch_norm_dropout")
    norm = next(x.name for x in seen.probe.layers if x.type == "BatchNormalization")
    before = [w.numpy() for w in seen.model.weights]
    calm, _ = seen.probe.activations(norm, seen.named)
    trained, _ = seen.probe.activations(norm, seen.named, training=True)
    assert np.abs(calm - trained).max() > 1e-3
    for old, new in zip(before, seen.model.weights, strict=True):
        np.testing.assert_array_equal(old, new.numpy())


def test_losses_are_those_of_keras():
    for name in ("sequential", "functional", "multi_output", "tabular"):
        seen = looked(name)
        predictions = seen.probe.predict(seen.named)
        labels = seen.y if isinstance(seen.y, dict) else {seen.probe.heads[0].name: seen.y}
        total = 0.0
        for head in seen.probe.heads:
            values = seen.probe.losses(head.name, labels[head.name], predictions[head.name])
            assert values.shape == ((len(seen.named[next(iter(seen.named))]), T) if head.time_axis else (len(values),))
            total += values.mean()
        expected = seen.model.compute_loss(y=seen.y, y_pred=seen.outputs())
        assert total == pytest.approx(float(expected), rel=1e-5)


def test_a_head_without_a_compiled_loss_has_none():
    seen = looked("custom_train_step")
    assert seen.probe.heads[0].loss is None
    assert seen.probe.losses("out", seen.y, seen.y) is None


def test_the_fingerprint_follows_the_weights():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2), keras.layers.BatchNormalization()])
    from nbdebug.adapters.keras.probe import KerasProbe

    probe = KerasProbe(model, {"input": np.ones((4, 3), "float32")})
    seen = [probe.fingerprint()]
    assert probe.fingerprint() == seen[0]
    for weight in model.weights:
        weight.assign_add(tf.ones_like(weight) * 1e-3)
        seen.append(probe.fingerprint())
    assert len(set(seen)) == len(seen)
