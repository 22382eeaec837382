"""Every call against the obvious way of computing the same."""

import keras
import numpy as np
import pytest
import tensorflow as tf

import nbdebug
from nbdebug.records import Selection

N, TIMES = 20, 32


def submodel(model, layer, x):
    return keras.Model(model.input, model.get_layer(layer).output)(x, training=False).numpy()


def test_what_is_known_at_once(heart):
    session, _, _, _, metadata = heart
    assert session.name == "heart"
    assert session.n_examples == N
    assert [o.name for o in session.outputs] == ["apnea", "diabetes"]
    assert {o.kind for o in session.outputs} == {"binary"}
    assert session.inputs[0].channels == ("bpm", "steps")
    assert session.metadata is metadata
    assert (session.time_axis.text(28), session.time_axis.title) == ("28 min", "time (min)")
    assert session.selection == Selection("apnea", "conv", 0, TIMES // 2, None)
    assert "2 of 20 labels of diabetes are missing" in " ".join(session.notes)
    assert "20 examples" in repr(session)


def test_one_example(heart):
    session, _, x, _, _ = heart
    assert np.shares_memory(session.example_input(5)["heart"], x)
    np.testing.assert_array_equal(session.example_input(5)["heart"], x[5])
    assert session.example_name(5) == "user 5"
    assert session.label(3, "diabetes") == "missing"
    assert session.label(0, "apnea") in ("0", "1")


@pytest.mark.parametrize("examples", [7, [7, 2], slice(3, 9), None])
@pytest.mark.parametrize("layer", ["conv", "memory", "risk"])
def test_activations_are_those_of_a_submodel(heart, layer, examples):
    session, model, x, _, _ = heart
    found = session.activations(layer, examples)
    rows = np.arange(N)[examples] if examples is not None else np.arange(N)
    np.testing.assert_allclose(found.values, submodel(model, layer, x[np.atleast_1d(rows)]), rtol=1e-4, atol=1e-6)
    assert found.examples == tuple(np.atleast_1d(rows).tolist())
    assert found.fingerprint
    assert not found.training


def test_the_mean_over_examples(heart):
    session, model, x, _, _ = heart
    found = session.mean_activations("conv")
    np.testing.assert_allclose(found.values[0], submodel(model, "conv", x).mean(axis=0), rtol=1e-4, atol=1e-6)
    assert found.mean
    assert len(found.examples) == N


def test_unit_statistics_are_those_of_the_whole_array(heart):
    session, model, x, _, _ = heart
    parts = []
    found = session.unit_statistics(on_part=parts.append)
    assert {"conv", "pool", "memory", "raw_output", "risk"} <= set(found)
    for layer in ("conv", "memory", "risk"):
        values = submodel(model, layer, x).reshape(-1, found[layer].mean.size).astype(float)
        np.testing.assert_allclose(found[layer].mean, values.mean(axis=0), rtol=1e-4, atol=1e-6)
        np.testing.assert_allclose(found[layer].std, values.std(axis=0), rtol=1e-3, atol=1e-6)
        np.testing.assert_allclose(found[layer].zero_share, (values == 0).mean(axis=0))
        assert found[layer].complete
    assert parts
    assert not any(record.complete for part in parts for record in part.values())


def test_many_small_examples_are_counted_in_few_batches_and_give_the_same():
    x = np.random.default_rng(0).normal(size=(9_999, 5)).astype("float32")
    x[:, 3] = 1e4 + 1e-2 * x[:, 3]  # a sum of squares in float32 would lose it
    given = keras.Input((5,))
    same = keras.layers.Activation("linear", name="same")(given)
    model = keras.Model(given, keras.layers.Dense(3, name="three")(same))
    session, told = nbdebug.debug(model, x, show=False), []
    found = session.unit_statistics(progress=lambda *far: told.append(far))
    assert np.diff([done for done, _ in told]).max() > 1_000
    for layer, values in (("same", x.astype(float)), ("three", submodel(model, "three", x).astype(float))):
        np.testing.assert_allclose(found[layer].mean, values.mean(axis=0), rtol=1e-6, atol=1e-5)
        np.testing.assert_allclose(found[layer].std, values.std(axis=0), rtol=1e-3)
        assert found[layer].n_values.tolist() == [9_999] * values.shape[1]
    predicted = session.predictions(session.outputs[1].name)["prediction"]
    np.testing.assert_allclose(predicted, submodel(model, "three", x)[:, 1], rtol=1e-5)


def test_a_layer_already_counted_is_not_counted_again(heart):
    session = heart[0]
    everything = session.unit_statistics()
    seen = []
    again = session.unit_statistics(["pool", "conv"], progress=lambda *done: seen.append(done))
    assert list(again) == ["pool", "conv"]
    assert again["conv"] is everything["conv"]
    assert seen == []


def tape(model, x, number):
    data = tf.constant(x)
    with tf.GradientTape() as recorded:
        recorded.watch(data)
        value = tf.reduce_sum(number(model, data))
    return recorded.gradient(value, data).numpy()


@pytest.mark.parametrize(("at", "position"), [(0, 0), (17, 4), (31, 7)])
def test_a_unit_of_a_pooled_layer_is_asked_at_input_times(heart, at, position):
    session, model, x, _, _ = heart
    inner = keras.Model(model.input, model.get_layer("memory").output)
    found = session.sensitivity(layer="memory", unit=4, at=at)
    expected = tape(inner, x, lambda m, d: m(d, training=False)[:, position, 4])
    np.testing.assert_allclose(found.values, np.abs(expected).mean(axis=0), rtol=1e-4, atol=1e-9)
    np.testing.assert_allclose(found.mean_signed, expected.mean(axis=0), rtol=1e-4, atol=1e-9)
    assert (found.at, found.at_span) == (at, (4 * position, 4 * position + 4))
    assert found.of == "unit 4 of memory"


def test_anchors_are_the_same_as_one_after_the_other(heart):
    session = heart[0]
    together = session.sensitivity(layer="raw_output", unit=1, at=[3, 16, 30], examples=[2, 5])
    assert together.values.shape == (3, TIMES, 2)
    assert together.at == (3, 16, 30)
    for i, at in enumerate(together.at):
        alone = session.sensitivity(layer="raw_output", unit=1, at=at, examples=[2, 5])
        np.testing.assert_allclose(together.values[i], alone.values, rtol=1e-4, atol=1e-9)
        assert together.at_span[i] == alone.at_span
    assert len(together.reach()) == 3


def test_the_middle_is_asked_by_default_and_an_output_without_time_at_none(heart):
    session, model, x, _, _ = heart
    assert session.sensitivity(layer="conv", unit=0).at == TIMES // 2
    found = session.sensitivity("diabetes", examples=3)
    assert found.at is None
    assert found.examples == (3,)
    expected = tape(model, x[3:4], lambda m, d: m(d, training=False)[:, 1])
    np.testing.assert_allclose(found.values, np.abs(expected[0]), rtol=1e-3, atol=1e-9)
    assert found.reach() is None
    assert found.no_reach


def test_predictions_are_the_models_own(heart):
    session, model, x, y, metadata = heart
    table = session.predictions("diabetes")
    score = model(x, training=False).numpy()[:, 1]
    np.testing.assert_allclose(table["prediction"], score, rtol=1e-5)
    np.testing.assert_array_equal(table["label"], y[:, 1])
    cross_entropy = -np.log(np.where(y[:, 1] == 1, score, 1 - score)) + 0 * y[:, 1]
    np.testing.assert_allclose(table["loss"], cross_entropy, rtol=1e-4)
    assert table.index.equals(metadata.index)
    assert table["example"].tolist() == list(range(N))
    assert table.attrs["note"] == ""


def test_what_the_user_does_to_a_table_stays_with_the_user(heart):
    session = heart[0]
    table = session.predictions("apnea")
    table.loc[:, "prediction"] = 7.0
    assert (session.predictions("apnea")["prediction"] <= 1).all()


def test_worst_and_metrics_read_the_same_table(heart):
    session, _, _, y, metadata = heart
    table = session.predictions("diabetes")
    worst = session.worst("loss", 5, "diabetes")
    assert worst["loss"].tolist() == sorted(table["loss"].dropna(), reverse=True)[:5]
    metrics = session.metrics("diabetes", where="age > 50 and device == 1").set_index("metric")
    rows = (metadata["age"] > 50) & (metadata["device"] == 1) & ~np.isnan(y[:, 1])
    assert metrics.loc["loss", "n"] == rows.sum()
    assert metrics.loc["loss", "value"] == pytest.approx(table.loc[rows, "loss"].mean())


def test_the_layer_whose_mean_is_the_prediction_is_found_by_measuring(heart):
    session, model, x, _, _ = heart
    line = session.predictions_over_time("diabetes", 6)
    expected = np.repeat(submodel(model, "raw_output", x[6:7])[0, :, 1], 4)
    np.testing.assert_allclose(line, expected, rtol=1e-5)


@pytest.mark.parametrize(
    ("call", "arguments"),
    [
        ("activations", {"layer": "conv", "examples": 3}),
        ("sensitivity", {"output": None, "layer": "raw_output", "unit": 1, "at": 16, "examples": 3}),
        ("worst", {"outcome": "loss", "n": 3, "output": "apnea"}),
        ("metrics", {"output": "apnea", "where": "age > 45"}),
    ],
)
def test_a_copied_call_gives_the_same_number(heart, call, arguments):
    session = heart[0]
    repeated = eval(session.call_text(call, **arguments), {"session": session})
    direct = getattr(session, call)(**arguments)
    if hasattr(direct, "values") and isinstance(direct.values, np.ndarray) and not hasattr(direct, "columns"):
        np.testing.assert_array_equal(repeated.values, direct.values)
    else:
        assert repeated.equals(direct)


def test_progress_is_told_and_cancel_leaves_the_session_usable(heart):
    from nbdebug.errors import Cancelled

    session = heart[0]
    seen = []
    session.activations("pool", range(20), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(8, 20), (16, 20), (20, 20)]

    def cancel(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        session.mean_activations("pool", progress=cancel)
    assert session.mean_activations("pool").values.shape == (1, 8, 4)


def test_selecting_moves_what_is_named_only(heart):
    session = heart[0]
    before = session.selection
    heard = []
    stop = session.store.observe(lambda _, changed: heard.append(changed))
    after = session.select(layer="memory", example=4)
    stop()
    assert (after.layer, after.example, after.output, after.time) == ("memory", 4, before.output, before.time)
    assert heard == [frozenset({"layer", "example"})]
    assert session.select(slice=None).layer == "memory"
