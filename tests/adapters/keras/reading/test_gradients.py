"""Gradients against a naive tape in a loop, central differences and each other."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from zoo.models import ZOO
from zoo.probes import looked

from nbdebug.adapters.keras.probe import KerasProbe
from nbdebug.adapters.keras.reading import gradients
from nbdebug.errors import NbdebugError
from nbdebug.records.target import Target

_TOKENS = ("embedding", "tokens_as_floats", "mask_zero", "masked_attention")


def _target(head, column=0):
    return Target(None, head.name, column, (2,) if head.time_axis else None)


def _naive(seen, head, column):
    """Sum over examples of the gradient of the head's own value, example by example, and that value's derivative."""
    total = 0.0
    size = seen.probe.batch_size if seen.model.name == "stateful_rnn" else 1
    n = len(next(iter(seen.named.values())))
    for i in range(0, n, size):
        # A model of one batch size wants it for the last examples too; what is repeated is cut off again.
        rows = np.minimum(np.arange(i, i + size), n - 1)
        valid = min(size, n - i)
        given = keras.tree.map_structure(lambda a: tf.constant(a[rows]), seen.x)  # noqa: B023
        with tf.GradientTape() as tape, keras.StatelessScope():
            tape.watch(given)
            heads = seen.model(given, training=False)
            value = heads[head.name] if isinstance(heads, dict) else heads
            value = value[:, 2, column] if head.time_axis else value[:, column]
            if head.of_logit:
                value = tf.math.log(value) - (tf.math.log1p(-value) if head.activation == "sigmoid" else 0)
        gradients = tape.gradient(value, given)
        first = gradients[next(iter(seen.named))] if isinstance(gradients, dict) else keras.tree.flatten(gradients)[0]
        total += np.sum(first.numpy()[:valid].astype("float64"), axis=0)
    return total


@pytest.mark.parametrize("name", [n for n in ZOO if n not in _TOKENS])
def test_gradients_equal_a_naive_tape(name):
    seen = looked(name)
    head = seen.probe.heads[0]
    first = next(iter(seen.named))
    found = seen.probe.gradient(_target(head), seen.named)[first].signed_sum
    expected = _naive(seen, head, 0)
    if head.activation == "softmax" and head.of_logit:
        # A softmax tells differences of logits only.
        found = found - seen.probe.gradient(_target(head, 1), seen.named)[first].signed_sum
        expected = expected - _naive(seen, head, 1)
    tolerance = 3e-2 if name == "mixed_float16" else 1e-5
    found = found[0] if head.time_axis else found
    np.testing.assert_allclose(found, expected, rtol=tolerance, atol=tolerance * np.abs(expected).max())


@pytest.mark.parametrize("name", ["embedding", "tokens_as_floats"])
def test_tokens_are_differentiated_at_their_embedding(name):
    seen = looked(name)
    layers = seen.model.layers
    looked_up = tf.constant(layers[0](seen.x))
    with tf.GradientTape() as tape:
        tape.watch(looked_up)
        value = looked_up
        for layer in layers[1:-1]:
            value = layer(value)
        logit = value @ layers[-1].kernel.value + layers[-1].bias.value
    expected = np.abs(tape.gradient(logit, looked_up).numpy()).sum(axis=0)
    part = seen.probe.gradient(Target(None, seen.probe.heads[0].name, 0, None), seen.named)["input"]
    np.testing.assert_allclose(part.absolute_sum, expected, rtol=1e-5, atol=1e-7)
    assert part.of_logit


def test_a_number_beside_a_code_is_differentiated_as_it_is():
    given = keras.Input((2,), name="given")
    code, number = given[:, 0], given[:, 1:]
    both = keras.layers.Concatenate()([keras.layers.Embedding(5, 3)(code), number])
    model = keras.Model(given, keras.layers.Dense(1, name="end")(both))
    x = np.array([[1, 0.5], [4, -2.0]], "float32")
    (part,) = KerasProbe(model, {"given": x}).gradient(Target(None, "end", 0, None), {"given": x}).values()
    np.testing.assert_allclose(part.signed_sum, [0, 2 * model.get_layer("end").kernel.numpy()[3, 0]], rtol=1e-6)


def test_masked_times_are_told():
    part = next(iter(looked("mask_zero").probe.gradient(
        Target(None, looked("mask_zero").probe.heads[0].name, 0, None), looked("mask_zero").named
    ).values()))  # fmt: skip
    assert part.masked.tolist() == [False] * 9 + [True] * 3
    assert (part.absolute_sum[:9] > 0).any()


@pytest.mark.parametrize("name", ["multi_output", "custom_layer"])
def test_anchors_together_equal_anchors_apart(name):
    seen = looked(name)
    head = next(h for h in seen.probe.heads if h.time_axis)
    together = seen.probe.gradient(Target(None, head.name, 0, (1, 5, 11)), seen.named)
    _equal_apart(seen, head, (1, 5, 11), together)


@pytest.mark.parametrize("positions", [(1, 5, 7, 11), (0, 2, 3, 5, 11), (0, 1, 2, 3, 5, 8, 11)])
def test_anchors_in_lots_equal_anchors_apart(positions, monkeypatch):
    seen = looked("multi_output")
    head = next(h for h in seen.probe.heads if h.time_axis)
    lot = len(positions) - 3  # lots of one; of two, the last one small; of four
    monkeypatch.setattr(gradients, "_TOGETHER", lot * len(next(iter(seen.named.values()))))
    together = seen.probe.gradient(Target(None, head.name, 0, positions), seen.named)
    _equal_apart(seen, head, positions, together)


def _equal_apart(seen, head, positions, together):
    for i, position in enumerate(positions):
        apart = seen.probe.gradient(Target(None, head.name, 0, (position,)), seen.named)
        for given, part in apart.items():
            for what in ("absolute_sum", "signed_sum"):
                expected = getattr(part, what)[0]
                found = getattr(together[given], what)[i]
                np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-9)


@pytest.mark.parametrize(
    "target", [Target("conv", None, 2, (4,)), Target("lstm", None, 5, (4,)), Target(None, "risk", 0, (4,))]
)
def test_central_differences_in_float64(target):
    seen = looked("float64")
    x = seen.x[:1]
    found = seen.probe.gradient(target, {"x": x})["x"]
    assert found.absolute_sum.dtype == np.float64

    def value(array):
        if target.layer:
            return seen.probe.activations(target.layer, {"x": array})[0][0, 4, target.column]
        share = seen.probe.predict({"x": array})["risk"][0, 4, 0]
        return np.log(share / (1 - share))

    for time, channel in ((3, 0), (4, 1), (5, 0)):
        step = np.zeros_like(x)
        step[0, time, channel] = 1e-5
        expected = (value(x + step) - value(x - step)) / 2e-5
        assert found.signed_sum[0, time, channel] == pytest.approx(expected, rel=1e-5, abs=1e-9)


def _chain(*weights, activation=None):
    stack = [keras.layers.Dense(1, use_bias=False, name=f"d{i}") for i in range(len(weights))]
    model = keras.Sequential([keras.Input((2,)), *stack, keras.layers.Activation(activation or "linear", name="end")])
    for layer, weight in zip(stack, weights, strict=True):
        layer.kernel.assign(np.resize(np.array(weight, "float32"), layer.kernel.shape))
    return model


def test_underflow_is_told_from_zero():
    model = _chain([1e-25, 0.0], 1e-25)
    part = KerasProbe(model, {"input": np.ones((3, 2), "float32")}).gradient(
        Target(None, "end", 0, None), {"input": np.ones((3, 2), "float32")}
    )["input"]
    assert part.underflow.tolist() == [True, False]
    np.testing.assert_allclose(part.absolute_sum, [3e-50, 0.0], rtol=1e-5)


def test_a_scaled_gradient_that_overflows_is_taken_unscaled():
    model = _chain([1e15, 1.0], 1e15)
    x = {"input": np.ones((3, 2), "float32") * 1e-20}
    part = KerasProbe(model, x).gradient(Target(None, "end", 0, None), x)["input"]
    np.testing.assert_allclose(part.absolute_sum, [3e30, 3e15], rtol=1e-5)


def test_a_saturated_sigmoid_does_not_hide_its_input():
    model = _chain([100.0, 50.0], activation="sigmoid")
    x = {"input": np.ones((3, 2), "float32")}
    part = KerasProbe(model, x).gradient(Target(None, "end", 0, None), x)["input"]
    assert part.of_logit
    np.testing.assert_allclose(part.absolute_sum, [300.0, 150.0], rtol=1e-5)


def test_a_unit_of_an_image_layer_is_averaged_over_its_positions():
    seen = looked("conv2d")
    layer = seen.model.layers[0]
    given = tf.constant(seen.x)
    with tf.GradientTape() as tape:
        tape.watch(given)
        value = tf.reduce_mean(layer(given)[..., 1], axis=(1, 2))
    part = seen.probe.gradient(Target(layer.name, None, 1, None), seen.named)["input"]
    np.testing.assert_allclose(part.signed_sum, tape.gradient(value, given).numpy().sum(0), rtol=1e-5, atol=1e-7)
    assert part.note == "mean over 6 x 6 positions"


@pytest.mark.parametrize(
    ("target", "what"),
    [
        (Target("no_such", None, 0, None), "no layer"), (Target("conv", None, 9, (0,)), "no such unit"),
        (Target("conv", None, 0, (99,)), "no such position"), (Target(None, None, 0, None), "layer or a head"),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_refused_with_the_range(target, what):
    seen = looked("float64")
    with pytest.raises(NbdebugError, match=what):
        seen.probe.gradient(target, seen.named)
