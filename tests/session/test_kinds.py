"""Heads and inputs of every kind."""

import keras
import numpy as np
import pandas as pd
import pytest
import tensorflow as tf

from nbdebug.errors import NbdebugError
from nbdebug.session import Session

RNG = np.random.default_rng(0)
X = RNG.normal(size=(12, 6)).astype(np.float32)
CLASSES = RNG.integers(0, 3, 12)


def dense(units, activation=None, loss=None):
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(units, activation, name="head")])
    if loss is not None:
        model.compile("adam", loss)
    return model


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@pytest.mark.parametrize(
    ("model", "y", "inferred"),
    [
        (dense(3, "softmax", "sparse_categorical_crossentropy"), CLASSES, False),
        (dense(3, "softmax", "categorical_crossentropy"), np.eye(3)[CLASSES], False),
        (dense(3, None, keras.losses.SparseCategoricalCrossentropy(from_logits=True)), CLASSES, False),
        (dense(3, "softmax"), CLASSES[:, None], True),
        (dense(3), CLASSES, True),
    ],
)
def test_classes(model, y, inferred):
    session = Session(model, X, y, classes=["cat", "dog", "<img src=x onerror=alert(1)>"])
    (output,) = session.outputs
    assert (output.kind, output.loss_inferred) == ("multiclass", inferred)
    raw = model(X).numpy().astype(float)
    shares = raw if model.layers[-1].activation.__name__ == "softmax" else softmax(raw)
    table = session.predictions()
    assert table["prediction"].tolist() == [output.classes[i] for i in shares.argmax(axis=1)]
    np.testing.assert_allclose(table["loss"], -np.log(shares[range(12), CLASSES]), rtol=1e-4)
    assert ("inferred" in table.attrs["note"]) == inferred
    metrics = session.metrics().set_index("metric")
    assert metrics.loc["accuracy", "value"] == pytest.approx((shares.argmax(axis=1) == CLASSES).mean())
    wrong = session.worst("wrong")
    assert len(wrong) == (shares.argmax(axis=1) != CLASSES).sum()
    assert session.label(4) == output.classes[CLASSES[4]]


def test_quantiles_are_held_against_one_label_and_share_the_loss():
    shares = np.array([0.1, 0.5, 0.9], np.float32)

    def pinball(y, p):
        return keras.ops.mean(keras.ops.maximum(shares * (y - p), (shares - 1) * (y - p)), axis=-1)

    model, y = dense(3, None, pinball), RNG.normal(size=(12, 1)).astype("float32")
    session = Session(model, X, y, outputs=["low", "middle", "high"])
    p = model(X).numpy()
    expected = np.maximum(shares * (y - p), (shares - 1) * (y - p)).mean(axis=1)
    for column, name in enumerate(("low", "middle", "high")):
        table = session.predictions(name)
        np.testing.assert_allclose(table["prediction"], p[:, column], rtol=1e-6)
        np.testing.assert_allclose(table["residual"], p[:, column] - y[:, 0], rtol=1e-4, atol=1e-6)
        np.testing.assert_allclose(table["loss"], expected, rtol=1e-5)
    assert [output.loss_inferred for output in session.outputs] == [False] * 3


@pytest.mark.parametrize("y", [[0, 3, 1], [-1, 0, 2]])
def test_classes_that_are_one_off_are_no_numbers(y):
    with pytest.raises(NbdebugError, match="outside the range"):
        Session(dense(3), X, np.resize(y, 12))


def test_columns_of_their_own_may_lack_the_axis_that_keras_adds():
    given = {name: keras.Input((1,), name=name) for name in ("age", "city")}
    code = keras.layers.Flatten()(keras.layers.Embedding(5, 2)(given["city"]))
    model = keras.Model(given, keras.layers.Dense(1)(keras.layers.Concatenate()([given["age"], code])))
    x = {"age": X[:, 0], "city": RNG.integers(0, 5, 12)}
    session = Session(model, x, X[:, 1])
    assert [(port.kind, port.shape, port.channels) for port in session.inputs] == [
        ("tabular", (1,), ("age",)),
        ("tabular", (1,), ("city",)),
    ]
    assert np.shares_memory(session.example_input(3)["age"], X)
    found = session.sensitivity()
    assert (found["age"].values.shape, found["city"].values.shape) == ((1,), (1, 2))


def test_the_sensitivity_of_classes_is_that_of_one_logit():
    model = dense(3, "softmax")
    session = Session(model, X, CLASSES)
    found = session.sensitivity(unit=2, examples=0)
    np.testing.assert_allclose(found.mean_signed, model.get_layer("head").kernel.numpy()[:, 2], rtol=1e-5)
    assert found.of == "logit of head = '2'"
    predicted = int(session.predictions()["prediction"].iloc[0])
    assert session.sensitivity(examples=0).of == f"logit of head = '{predicted}'"


def test_binary_logits_are_squashed():
    model = dense(1, None, keras.losses.BinaryCrossentropy(from_logits=True))
    session = Session(model, X, CLASSES > 0)
    logits = model(X).numpy()[:, 0].astype(float)
    table = session.predictions()
    np.testing.assert_allclose(table["prediction"], 1 / (1 + np.exp(-logits)), rtol=1e-5)
    np.testing.assert_allclose(table["loss"], np.logaddexp(0, np.where(CLASSES > 0, -logits, logits)), rtol=1e-4)


def test_a_softmax_over_two_is_binary():
    model = dense(2, "softmax", "sparse_categorical_crossentropy")
    session = Session(model, X, (CLASSES > 0).astype(int))
    share = model(X).numpy()[:, 1]
    np.testing.assert_allclose(session.predictions()["prediction"], share, rtol=1e-5)
    assert {"loss", "accuracy", "AUROC", "F1"} <= set(session.metrics()["metric"])


@pytest.mark.parametrize(("loss", "inferred"), [("mae", False), (None, True)])
def test_regressions_have_a_column_each(loss, inferred):
    model = dense(2, None, loss)
    y = RNG.normal(size=(12, 2)) * 5
    y[3, 1] = np.nan
    session = Session(model, X, pd.DataFrame(y, columns=["weight", "height"]))
    assert [o.name for o in session.outputs] == ["weight", "height"]
    table, raw = session.predictions("height"), model(X).numpy()[:, 1]
    np.testing.assert_allclose(table["residual"], raw - y[:, 1], rtol=1e-4)
    expected = (raw - y[:, 1]) ** 2 if inferred else np.abs(raw - y[:, 1])
    np.testing.assert_allclose(table["loss"], expected, rtol=1e-4)
    assert session.worst("residual", 1, "height")["example"].iloc[0] == np.nanargmax(np.abs(raw - y[:, 1]))
    assert set(session.metrics("height")["n"]) == {11}


def test_a_compiled_loss_that_mixes_columns_is_not_passed_off_as_a_columns():
    def both_at_once(y, p):
        return keras.ops.prod(keras.ops.abs(y - p) + 1, axis=-1)

    session = Session(dense(2, None, both_at_once), X, RNG.normal(size=(12, 2)))
    assert "inferred" in session.predictions("head[0]").attrs["note"]


def test_minus_one_is_missing_when_asked():
    y = CLASSES.copy()
    y[:2] = -1
    session = Session(dense(3, "softmax", "sparse_categorical_crossentropy"), X, y, missing=-1)
    assert session.predictions()["outcome"].isna().tolist() == [True, True] + [False] * 10
    assert session.label(0) == "missing"
    assert session.metrics().set_index("metric").loc["loss", "n"] == 10


def test_two_heads_two_inputs_and_labels_by_name():
    keras.utils.set_random_seed(1)
    heart, person = keras.Input((8, 2), name="heart"), keras.Input((3,), name="person")
    h = keras.layers.concatenate([keras.layers.Flatten()(heart), person])
    model = keras.Model(
        {"heart": heart, "person": person},
        {"apnea": keras.layers.Dense(1, "sigmoid", name="apnea")(h), "age": keras.layers.Dense(1, name="age")(h)},
    )
    x = {"heart": RNG.normal(size=(12, 8, 2)), "person": RNG.normal(size=(12, 3))}
    session = Session(model, x, {"apnea": CLASSES > 0}, sample_weight=np.arange(12))
    assert [o.kind for o in session.outputs] == ["binary", "regression"]
    assert set(session.metrics("apnea")["n"]) == {11}
    assert session.predictions("age")["label"].isna().all()
    found = session.sensitivity("apnea", examples=0)
    assert {name: s.values.shape for name, s in found.items()} == {"heart": (8, 2), "person": (3,)}
    assert session.example_input(3)["person"].dtype == np.float64


def test_a_head_over_time_with_padding():
    keras.utils.set_random_seed(1)
    inputs = keras.Input((6, 2))
    h = keras.layers.Masking()(inputs)
    h = keras.layers.SimpleRNN(3, return_sequences=True, name="memory")(h)
    model = keras.Model(inputs, keras.layers.Dense(1, "sigmoid", name="alarm")(h))
    x = RNG.normal(size=(5, 6, 2)).astype(np.float32)
    x[0, 4:] = 0
    y = (RNG.random((5, 6)) < 0.5).astype(float)
    session = Session(model, x, y)
    assert session.outputs[0].per_time
    score, table = model(x).numpy()[..., 0], session.predictions()
    assert table["prediction"].iloc[0] == pytest.approx(score[0, :4].mean(), rel=1e-5)
    assert table["prediction"].iloc[1] == pytest.approx(score[1].mean(), rel=1e-5)
    assert "means over the unmasked times" in table.attrs["note"]
    every = session.activations("memory").values
    mean = session.mean_activations("memory").values[0]
    np.testing.assert_allclose(mean[5], every[1:, 5].mean(axis=0), rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(mean[3], every[:, 3].mean(axis=0), rtol=1e-4, atol=1e-6)
    line = session.predictions_over_time("alarm", 0)
    np.testing.assert_allclose(line[:4], score[0, :4], rtol=1e-5)
    assert np.isnan(line[4:]).all()
    np.testing.assert_array_equal(session.labels_over_time("alarm", 3), y[3])
    np.testing.assert_array_equal(session.labels_over_time("alarm", 0), [*y[0, :4], np.nan, np.nan])
    found = session.sensitivity(at=2, examples=1)
    assert (found.at, found.at_span) == (2, (2, 3))
    np.testing.assert_allclose(found.values[3:], 0, atol=1e-12)


def test_a_head_whose_convolution_does_not_pad():
    keras.utils.set_random_seed(3)
    inputs = keras.Input((32, 2))
    hidden = keras.layers.Conv1D(3, 9, activation="tanh", name="conv")(inputs)
    model = keras.Model(inputs, keras.layers.Dense(1, "sigmoid", name="alarm")(hidden))
    x, y = RNG.normal(size=(5, 32, 2)).astype(np.float32), (RNG.random((5, 24)) < 0.5).astype(float)
    session = Session(model, x, y)
    for at, stands in ((0, 4), (10, 10), (31, 27)):
        found = session.sensitivity(at=at, examples=1)
        seen = np.flatnonzero(found.values.any(axis=1))
        assert (found.at, found.at_span) == (at, (stands, stands + 1))
        assert seen.tolist() == list(range(stands - 4, stands + 5))
        assert found.reach(1.0) == 9
    assert session.sensitivity(at=(0, 31), examples=1).reach(1.0) == (9, 9)
    line, labels = session.predictions_over_time("alarm", 0), session.labels_over_time("alarm", 0)
    blank = [True] * 4 + [False] * 24 + [True] * 4
    np.testing.assert_allclose(line[4:28], model(x).numpy()[0, :, 0], rtol=1e-5)
    np.testing.assert_array_equal(labels[4:28], y[0])
    assert np.isnan(line).tolist() == np.isnan(labels).tolist() == blank


def test_no_layer_whose_mean_is_the_prediction_is_no_line():
    inputs = keras.Input((6, 2))
    h = keras.layers.Conv1D(3, 3, name="conv")(inputs)
    model = keras.Model(inputs, keras.layers.Dense(1, "sigmoid")(keras.layers.Flatten()(h)))
    session = Session(model, RNG.normal(size=(5, 6, 2)), np.array([0, 1, 0, 1, 1]))
    assert session.predictions_over_time(None, 2) is None
    assert session.labels_over_time(None, 2) is None


def test_a_validation_set_and_weights():
    session = Session(dense(1, "sigmoid"), X, CLASSES > 0, validation=(X[:4], (CLASSES > 0)[:4]))
    assert session.validation.n_examples == 4
    assert set(session.validation.labels) == {"head"}


def dataset(n_passes_agree=True):
    data = tf.data.Dataset.from_tensor_slices((X, CLASSES, np.arange(12) / 12))
    return (data if n_passes_agree else data.shuffle(12)).batch(5)


def test_a_dataset_is_held_in_memory_and_it_says_so():
    session = Session(dense(3, "softmax", "sparse_categorical_crossentropy"), dataset(), validation=dataset())
    arrays = Session(
        dense(3, "softmax", "sparse_categorical_crossentropy"), X, CLASSES, sample_weight=np.arange(12) / 12
    )
    pd.testing.assert_frame_equal(session.predictions(), arrays.predictions())
    pd.testing.assert_frame_equal(session.metrics(), arrays.metrics())
    assert any("held in memory (" in note for note in session.notes)
    assert session.validation.n_examples == 12


@pytest.mark.parametrize(
    ("x", "more", "what"),
    [
        (dataset(False), {}, "Two passes"),
        (dataset().repeat(), {}, "no end"),
        (dataset(), {"y": CLASSES}, "brings labels"),
        (dataset(), {"sample_weight": CLASSES}, "brings labels"),
    ],
)
def test_a_dataset_that_cannot_be_held(x, more, what):
    with pytest.raises(NbdebugError, match=what):
        Session(dense(3, "softmax"), x, **more)
