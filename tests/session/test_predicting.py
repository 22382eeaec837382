"""Metrics by slice and threshold, the baseline and slices, against the obvious way of computing the same."""

import keras
import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.metrics import roc_auc_score

from nbdebug.errors import NbdebugError
from nbdebug.session import Session

N = 1200


@pytest.fixture(scope="module")
def people():
    """A network of age and dose that fails on one device; labels follow age, dose and, on that device, chance."""
    rng = np.random.default_rng(0)
    metadata = pd.DataFrame(
        {
            "device": rng.choice(["gen1", "gen2", "gen3", "gen4"], N),
            "age": rng.integers(20, 80, N).astype(float),
            "city": rng.choice(list("abc"), N),
        }
    )
    metadata.loc[::50, "age"] = np.nan
    dose = rng.normal(size=N)
    score = np.nan_to_num(metadata["age"], nan=50) / 20 - 2.5 + 2 * dose
    y = (score + rng.logistic(size=N) / 3 > 0).astype("float32")
    broken = (metadata["device"] == "gen1").to_numpy()
    y[broken] = rng.integers(0, 2, broken.sum())
    x = np.stack([score, dose], 1).astype("float32")
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, "sigmoid")])
    model.compile("sgd", "binary_crossentropy")
    model.set_weights([np.array([[3.0], [0.0]], "float32"), np.zeros(1, "float32")])
    session = Session(model, x, y, metadata=metadata, batch_size=400)
    yield session, metadata, y
    session.close()


def test_worst_and_metrics_follow_a_slice_and_a_threshold(people):
    session, metadata, y = people
    table = session.predictions()
    inside = (metadata["device"] == "gen1").to_numpy()
    assert session.worst("loss", 5, where='device == "gen1"')["example"].tolist() == (
        table[inside].sort_values("loss", ascending=False, kind="stable")["example"].head(5).tolist()
    )
    of_slice = session.metrics(where='device == "gen1"').set_index("metric")
    assert of_slice.loc["AUROC", "value"] == pytest.approx(roc_auc_score(y[inside], table["prediction"][inside]))
    strict = session.predictions(threshold=0.9)
    called = table["prediction"] >= 0.9
    assert (strict["outcome"] == "false_positive").sum() == (called & (y == 0)).sum()
    assert len(session.worst("false_positive", N, threshold=0.9)) == (called & (y == 0)).sum()
    accuracy = session.metrics(threshold=0.9).set_index("metric").loc["accuracy", "value"]
    assert accuracy == pytest.approx(np.mean(called == (y == 1)))


def test_the_planted_slice_is_found_first_and_can_be_selected(people):
    session, metadata, _ = people
    found = session.find_slices()
    assert found["slice"][0] == 'device == "gen1"'
    assert found["significant"][0]
    assert found["n"][0] == (metadata["device"] == "gen1").sum()
    session.select(slice=found["slice"][0])
    assert session.selection.slice == 'device == "gen1"'
    np.testing.assert_array_equal(session.slice_rows(session.selection.slice), metadata["device"] == "gen1")
    session.select(slice=None)
    by_errors = session.find_slices(metric="accuracy", columns=["device", "city"])
    assert by_errors["slice"][0] == 'device == "gen1"'


def test_a_slice_is_what_its_examples_say(people):
    session, metadata, _ = people
    old = session.define_slice("age > 60", "the old")
    inside = (metadata["age"] > 60).to_numpy()
    loss = session.predictions()["loss"].to_numpy()
    assert (old.n, old.inside) == (inside.sum(), pytest.approx(loss[inside].mean()))
    assert old.outside == pytest.approx(loss[~inside].mean())
    assert session.slices == ("the old",)
    assert session.metrics(where="the old").set_index("metric").loc["loss", "value"] == pytest.approx(old.inside)
    devices = session.slices_by("device", metric="accuracy")
    assert {each.text for each in devices} == {f'device == "gen{i}"' for i in (1, 2, 3, 4)}


def test_the_network_is_held_against_its_metadata(people):
    session, _, y = people
    held = session.baseline(["age", "city"])
    against = held.comparison.metrics.set_index("metric").loc["AUROC"]
    prediction = session.predictions()["prediction"]
    assert against["network"] == pytest.approx(roc_auc_score(y, prediction))
    assert against["baseline"] == pytest.approx(roc_auc_score(y, held.prediction))
    assert "over age and city alone" in held.comparison.sentence
    assert against["low"] > 0
    assert session.baseline(["age", "city"]) is held


def test_gains_by_slice_are_comparisons_of_its_examples(people):
    session, _, y = people
    held = session.baseline(["age", "city"]).prediction
    prediction = session.predictions()["prediction"].to_numpy()
    session.define_slice("age > 60", "the old")
    by_value = session.gain_by_slice("device", ["age", "city"])
    named = session.gain_by_slice(["the old", "city == 'a'"], ["age", "city"])
    assert set(by_value["slice"]) == {f'device == "gen{i}"' for i in (1, 2, 3, 4)}
    for row in [*by_value.itertuples(), *named.itertuples()]:
        inside = session.slice_rows(row.slice)
        gain = roc_auc_score(y[inside], prediction[inside]) - roc_auc_score(y[inside], held[inside])
        assert (row.n, row.gain) == (inside.sum(), pytest.approx(gain))
    assert by_value["slice"].iloc[-1] == 'device == "gen1"'
    assert by_value["gain"].is_monotonic_decreasing
    called = 'outcome in ["true_positive", "false_positive"]'
    for threshold in (0.5, 0.7):
        (row,) = session.gain_by_slice([called], ["age"], threshold=threshold).itertuples()
        assert row.n == (prediction >= threshold).sum()


def test_another_threshold_compares_anew_but_fits_once(people, monkeypatch):
    session, _, y = people
    before = session.baseline(["age"])
    monkeypatch.setattr("nbdebug.session.predicting.fit_on_metadata", None)
    strict = session.baseline(["age"], threshold=0.9)
    assert strict.prediction is before.prediction
    called = [scores >= 0.9 for scores in (session.predictions()["prediction"].to_numpy(), strict.prediction)]
    right = [of == (y == 1) for of in called]
    assert set(strict.comparison.only_network) == set(np.flatnonzero(right[0] & ~right[1]))
    accuracy = strict.comparison.metrics.set_index("metric").loc["accuracy", "network"]
    assert accuracy == pytest.approx(right[0].mean())


def test_a_slice_by_outcome_follows_the_threshold(people):
    session, _, y = people
    prediction = session.predictions()["prediction"].to_numpy()
    for threshold in (0.5, 0.9):
        rows = session.slice_rows('outcome == "false_positive"', threshold=threshold)
        np.testing.assert_array_equal(rows, (prediction >= threshold) & (y == 0))


def test_slices_that_are_compared_are_corrected_together(people):
    session, metadata, _ = people
    asked = ["age > 60", 'city == "a"', (metadata["device"] == "gen1").to_numpy()]
    found = session.compare_slices(asked, metric="accuracy")
    alone = [session.define_slice(where, str(i), metric="accuracy") for i, where in enumerate(asked)]
    assert [each.p for each in found] == [each.p for each in alone]
    expected = stats.false_discovery_control([each.p for each in alone])
    np.testing.assert_allclose([each.corrected_p for each in found], expected)
    assert session.compare_slices([]) == ()


def test_classes_are_held_against_metadata_too():
    rng = np.random.default_rng(1)
    kind = rng.integers(0, 3, 300)
    metadata = pd.DataFrame({"hint": np.where(rng.random(300) < 0.7, kind, rng.integers(0, 3, 300)).astype(str)})
    x = (np.eye(3)[kind] + rng.normal(size=(300, 3)) / 4).astype("float32")
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(3, "softmax")])
    model.compile("sgd", "sparse_categorical_crossentropy")
    model.set_weights([5 * np.eye(3, dtype="float32"), np.zeros(3, "float32")])
    session = Session(model, x, kind, metadata=metadata, classes=["cat", "dog", "owl"])
    held = session.baseline()
    assert held.classes == ("cat", "dog", "owl")
    accuracy = held.comparison.metrics.set_index("metric").loc["accuracy"]
    assert accuracy["network"] == pytest.approx((model(x).numpy().argmax(1) == kind).mean())
    assert accuracy["baseline"] == pytest.approx((held.prediction.argmax(1) == kind).mean())
    assert session.metrics().set_index("metric").loc["macro AUROC", "value"] > 0.9


def test_units_that_differ_in_a_slice():
    rng = np.random.default_rng(2)
    old = rng.random(120) < 0.4
    x = rng.normal(size=(120, 9, 2)).astype("float32")
    x[old, 3:6, 0] += 3
    layers = keras.layers
    hidden = layers.Conv1D(4, 1, name="conv")
    model = keras.Sequential([keras.Input((9, 2)), hidden, layers.GlobalAveragePooling1D(), layers.Dense(1)])
    hidden.set_weights([np.array([[[1, 0, 0, 0], [0, 1, 0, 0]]], "float32"), np.zeros(4, "float32")])
    session = Session(model, x, metadata=pd.DataFrame({"old": old}), batch_size=50)
    values = x[:, :, 0].mean(1)
    units = session.slice_units("old == True", "conv")
    assert units["unit"][0] == 0
    assert units["inside"][0] == pytest.approx(values[old].mean(), rel=1e-5)
    assert units["outside"][0] == pytest.approx(values[~old].mean(), rel=1e-5)
    assert units["significant"].tolist() == [True, False, False, False]
    places = session.slice_units(old, "conv", positions=True, n=3)
    assert set(places["time"]) == {3, 4, 5}
    assert set(places["unit"]) == {0}
    with pytest.raises(NbdebugError, match="nothing to compare"):
        session.slice_units(np.ones(120, bool), "conv")
    every = session.slice_units(old)
    assert set(every["layer"]) == {layer.name for layer in session.layers}
    of_conv = every[every["layer"] == "conv"].set_index("unit")
    np.testing.assert_allclose(of_conv["effect"].sort_index(), units.set_index("unit")["effect"].sort_index())
    moving = every.dropna(subset="p")
    np.testing.assert_allclose(moving["corrected_p"], stats.false_discovery_control(moving["p"]))
    assert set(session.slice_units(old, positions=True)["layer"]) == {"conv"}


def test_the_mean_over_a_slice_is_that_of_its_examples():
    x = np.random.default_rng(4).normal(size=(40, 7, 2)).astype("float32")
    inside = np.arange(40) % 3 == 1
    model = keras.Sequential([keras.Input((7, 2)), keras.layers.Conv1D(3, 2, name="conv"), keras.layers.Flatten()])
    session = Session(model, x, metadata=pd.DataFrame({"third": inside}), batch_size=8)
    found = session.mean_activations("conv", "third")
    values = keras.Model(model.inputs, model.get_layer("conv").output)(x[inside]).numpy()
    np.testing.assert_allclose(found.values[0], values.mean(0), rtol=1e-4, atol=1e-6)
    assert found.examples == tuple(np.flatnonzero(inside).tolist())
    assert session.mean_activations("conv").examples == tuple(range(40))
    with pytest.raises(NbdebugError, match="holds no example"):
        session.mean_activations("conv", np.zeros(40, bool))


def test_units_of_pictures_are_averaged_over_the_picture():
    x = np.random.default_rng(3).random((30, 6, 6, 1)).astype("float32")
    bright = np.arange(30) % 3 == 0
    x[bright] += 1
    model = keras.Sequential([keras.Input((6, 6, 1)), keras.layers.Conv2D(2, 3, name="conv"), keras.layers.Flatten()])
    session = Session(model, x)
    units = session.slice_units(bright, "conv").set_index("unit")
    values = keras.Model(model.inputs, model.get_layer("conv").output)(x).numpy().mean(axis=(1, 2))
    np.testing.assert_allclose(units.loc[[0, 1], "inside"], values[bright].mean(0), rtol=1e-4)
    np.testing.assert_allclose(units.loc[[0, 1], "outside"], values[~bright].mean(0), rtol=1e-4)


def test_what_cannot_be_asked_is_said(people):
    session, _, _ = people
    for wrong in ("agee > 3", "__class__ == 1", "age.max() > 3", "@x == 1"):
        with pytest.raises(NbdebugError):
            session.select(slice=wrong)
    assert session.selection.slice is None
    with pytest.raises(NbdebugError, match="no mean over examples"):
        session.find_slices(metric="AUROC")
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, "sigmoid")])
    bare = Session(model, np.zeros((4, 2), "float32"))
    for ask in (bare.baseline, bare.find_slices):
        with pytest.raises(NbdebugError, match="no metadata"):
            ask()
