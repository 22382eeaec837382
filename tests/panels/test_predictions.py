"""Threshold, costs and pictures of the Predictions panel, against counting by hand and scikit-learn."""

import time

import keras
import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import confusion_matrix, precision_score, recall_score

from nbdebug.panels.panel import Shared
from nbdebug.panels.predictions import PredictionsPanel
from nbdebug.records.counts import Counts
from nbdebug.session import Session

N = 400
RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(N, 3)).astype("float32")
WEIGHTS = RANDOM.integers(1, 4, N).astype("float32")


def session_of(kind):
    units, activation, loss, y = {
        "binary": (1, "sigmoid", "binary_crossentropy", (X[:, 0] + RANDOM.normal(size=N) > 0).astype("float32")),
        "classes": (3, "softmax", "sparse_categorical_crossentropy", (X + RANDOM.normal(size=X.shape)).argmax(1)),
        "number": (1, None, "mse", X[:, 0] + RANDOM.normal(size=N)),
    }[kind]
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(units, activation)])
    model.compile("sgd", loss)
    model.set_weights([np.eye(3, dtype="float32")[:, :units], np.zeros(units, "float32")])
    if kind == "binary":
        y[:20] = np.nan
    return Session(model, X, y, sample_weight=WEIGHTS, classes=list("abc") if units == 3 else None)


@pytest.fixture(params=["binary", "classes", "number"])
def panel(request):
    session = session_of(request.param)
    made = PredictionsPanel(session, Shared.alone(session))
    made.open()
    assert session.jobs.wait(60)
    assert made.working._error.value == ""
    yield made
    made.release()
    session.close()


binary, classes, numbers = (
    pytest.mark.parametrize("panel", [kind], indirect=True) for kind in ("binary", "classes", "number")
)


def table_of(panel):
    return panel.bench.predictions().dropna(subset="label")


def costs_by_hand(table, threshold, false_positive, false_negative):
    called = table["prediction"] >= threshold
    return ((called & (table["label"] == 0)).sum() * false_positive) + (
        (~called & (table["label"] == 1)).sum() * false_negative
    )


@binary
def test_the_cheapest_threshold_is_no_dearer_than_any_other(panel):
    scores, table = panel._scores, table_of(panel)
    for false_positive, false_negative in ((1, 1), (10, 1), (1, 25)):
        scores._costs[0].value, scores._costs[1].value = false_positive, false_negative
        scores._best.click()
        least = min(
            costs_by_hand(table, t, false_positive, false_negative) for t in [0, 1.1, *table["prediction"].unique()]
        )
        assert costs_by_hand(table, scores.threshold, false_positive, false_negative) == least
        assert scores._outcomes.value.endswith(f"cost {least:,}.")


@binary
def test_lists_and_counts_follow_the_threshold(panel):
    panel._scores._slider.value = 0.2
    table = table_of(panel)
    called = table["prediction"] >= 0.2
    n = int((called & (table["label"] == 0)).sum())
    assert f"At 0.2: {int((called & (table['label'] == 1)).sum())} true positives, {n} false positives" in (
        panel._scores._outcomes.value
    )
    panel._listing._worst._which.value = "false positives"
    expected = table[called & (table["label"] == 0)].sort_values("prediction", ascending=False, kind="stable")
    assert [int(row["key"]) for row in panel._listing._worst._rows.rows] == expected["example"].head(50).tolist()
    repeated = eval(panel.call(panel.bench.selection), {"session": panel.bench})
    assert repeated["example"].tolist() == expected["example"].head(50).tolist()


@binary
def test_the_point_on_the_curve_is_the_threshold(panel):
    views, table = panel._views, table_of(panel)
    panel._scores._slider.value = 0.3
    called = table["prediction"] >= 0.3
    views._which.value = "precision and recall"
    found = (views._curve._point.x[0], views._curve._point.y[0])
    assert found == pytest.approx((recall_score(table["label"], called), precision_score(table["label"], called)))
    views._which.value = "ROC"
    panel._scores._slider.value = 0.6
    tn, fp, fn, tp = confusion_matrix(table["label"], table["prediction"] >= 0.6).ravel()
    assert (views._curve._point.x[0], views._curve._point.y[0]) == pytest.approx((fp / (fp + tn), tp / (tp + fn)))
    views._which.value = "calibration"
    assert not views._curve._point.visible
    assert "10 bins" in views._caption.value
    views._which.value = "none"
    assert views._figure.children == ()


@classes
def test_confusions_are_listed_most_frequent_first(panel):
    panel._views._which.value = "confusions"
    table = table_of(panel)
    wrong = table[table["label"] != table["prediction"]]
    rows = panel._views._confusions.rows
    counts = [int(n) for _, _, n in rows]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == len(wrong)
    for label, prediction, n in rows:
        assert int(n) == ((wrong["label"] == label) & (wrong["prediction"] == prediction)).sum()
    assert f"{len(wrong)} examples of {N} taken for another class" in panel._views._caption.value


@numbers
def test_residuals_have_their_mean(panel):
    panel._views._which.value = "residuals"
    residual = table_of(panel)["residual"]
    assert f"mean {np.average(residual, weights=WEIGHTS):.2g}"[:8] in panel._views._caption.value
    assert panel._views._curve._ends[0].visible


@binary
def test_one_class_only_says_so_in_the_place_of_the_picture(panel):
    panel._views._which.value = "ROC"
    only = table_of(panel).query("label == 1")
    panel._views.show(only, "binary", None)
    assert "both classes" in panel._views._caption.value
    assert len(panel._views._figure.children) == 1


@pytest.mark.parametrize("kind", ["binary", "classes", "number"])
def test_pictures_of_the_rows_of_a_slice(kind):
    session = session_of(kind)
    session.define_slice(pd.Series(X[:, 1] > 0).to_numpy(), "above")
    panel = PredictionsPanel(session, Shared.alone(session))
    session.select(slice="above")
    panel.open()
    assert session.jobs.wait(60)
    assert panel.working._error.value == ""
    for name in panel._views._which.options:
        panel._views._which.value = name
    inside = set(np.flatnonzero(X[:, 1] > 0).tolist())
    assert {int(row["key"]) for row in panel._listing._worst._rows.rows} <= inside
    panel.release()
    session.close()


@binary
def test_metrics_follow_the_threshold_once_it_rests(panel, monkeypatch):
    asked = []
    metrics = panel.bench.metrics
    monkeypatch.setattr(panel.bench, "metrics", lambda *given, **named: asked.append(named) or metrics(*given, **named))
    for value in (0.4, 0.3, 0.2):
        panel._scores._slider.value = value
    assert asked == []
    assert "from 0.5 on" in panel._metrics._note.value
    panel._rest.now()
    assert panel.bench.jobs.wait(60)
    assert [named["threshold"] for named in asked] == [0.2]
    expected = panel.bench.metrics(threshold=0.2).set_index("metric")["value"]["accuracy"]
    shown = {name: value for name, value, _, _ in panel._metrics._table.rows}
    assert shown["accuracy"] == f"{expected:.2f}"
    assert "from 0.2 on" in panel._metrics._note.value
    panel._rest.now()
    assert len(asked) == 2  # the last is the one above


@binary
def test_the_slider_rests_by_itself(panel):
    panel._scores._slider.value = 0.7
    for _ in range(100):
        if panel.shared.threshold.value == 0.7:
            break
        time.sleep(0.05)
    assert panel.shared.threshold.value == 0.7


@binary
def test_the_cheapest_threshold_is_kept_although_the_slider_has_steps(panel, monkeypatch):
    scores = panel._scores
    for best, shown in ((0.9999243, 1.0), (0.9999311, 1.0), (0.12345, 0.123)):
        monkeypatch.setattr(scores._thresholds, "best", lambda *_costs, best=best: best)
        monkeypatch.setattr(scores._thresholds, "counts", lambda at: Counts(at, 0, 0, 0))
        scores._best.click()
        scores._slider.value = shown  # as the page writes it back
        assert scores.threshold == best
        assert scores._outcomes.value.startswith(f"At {best:g}:")
    scores._slider.value = 0.4
    assert scores.threshold == 0.4
