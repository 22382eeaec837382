"""Every metric is scikit-learn's, and what cannot be computed says why."""

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics as sk

from nbdebug.errors import NbdebugError
from nbdebug.measure.metrics import COLUMNS, output_metrics
from nbdebug.measure.table import class_shares, example_table
from nbdebug.records.ports import Output

RNG = np.random.default_rng(0)
N = 300
INDEX = pd.RangeIndex(N)
WEIGHTS = RNG.integers(0, 4, N).astype(float)


def output(kind, classes=()):
    return Output("apnea", "head", None, kind, False, classes, "linear", "some_loss", False)


def by_metric(frame):
    assert list(frame.columns) == COLUMNS
    return frame.set_index("metric")


def inside(found):
    return ((found["low"] <= found["value"]) & (found["value"] <= found["high"])).all()


@pytest.fixture
def binary():
    label = (RNG.random(N) < 0.3).astype(float)
    score = np.round(np.clip(RNG.normal(0.3 + 0.3 * label, 0.2), 0, 1), 2)  # with ties
    label[:20] = np.nan
    return example_table(output("binary"), score, label, RNG.random(N), INDEX)


def naive_ece(score, observed, weights, bins=15):
    error = 0.0
    for b in range(bins):
        inside = (score >= b / bins) & ((score < (b + 1) / bins) | (b == bins - 1))
        if weights[inside].sum():
            gap = np.average(observed[inside], weights=weights[inside]) - np.average(
                score[inside], weights=weights[inside]
            )
            error += abs(gap) * weights[inside].sum() / weights.sum()
    return error


@pytest.mark.parametrize("threshold", [0.5, 0.35])
@pytest.mark.parametrize("weights", [None, WEIGHTS])
def test_a_binary_output(binary, weights, threshold):
    table = output_metrics(binary, "binary", weights, threshold=threshold)
    found, kept = by_metric(table), binary["label"].notna().to_numpy() & ((1 if weights is None else weights) > 0)
    y, p = binary["label"][kept].to_numpy(), binary["prediction"][kept].to_numpy()
    w = np.ones(kept.sum()) if weights is None else weights[kept]
    called = p >= threshold
    expected = {
        "loss": np.average(binary["loss"][kept], weights=w),
        "accuracy": sk.accuracy_score(y, called, sample_weight=w),
        "AUROC": sk.roc_auc_score(y, p, sample_weight=w),
        "average precision": sk.average_precision_score(y, p, sample_weight=w),
        "F1": sk.f1_score(y, called, sample_weight=w),
        "log loss": sk.log_loss(y, p, sample_weight=w),
        "Brier score": sk.brier_score_loss(y, p, sample_weight=w),
        "expected calibration error": naive_ece(p, y, w),
    }
    assert found["value"].to_dict() == pytest.approx(expected)
    assert (found["n"] == kept.sum()).all()
    assert inside(found)
    assert table.attrs["reasons"] == {}


def test_the_threshold_moves_what_depends_on_it_and_nothing_else(binary):
    low, high = (by_metric(output_metrics(binary, "binary", threshold=t))["value"] for t in (0.2, 0.7))
    assert set(low.index[low != high]) == {"accuracy", "F1"}


@pytest.mark.parametrize("weights", [None, WEIGHTS])
def test_a_regression(weights):
    label = RNG.normal(size=N)
    label[:20] = np.nan
    table = example_table(output("regression"), label * 0.5 + RNG.normal(size=N), label, RNG.random(N), INDEX)
    table.loc[20:, "prediction"] = table.loc[20:, "prediction"].fillna(0)
    table["prediction"] = np.nan_to_num(table["prediction"])
    found = by_metric(output_metrics(table, "regression", weights))
    kept = ~np.isnan(label) & ((1 if weights is None else weights) > 0)
    y, p, w = label[kept], table["prediction"][kept], None if weights is None else weights[kept]
    expected = {
        "MAE": sk.mean_absolute_error(y, p, sample_weight=w),
        "RMSE": sk.root_mean_squared_error(y, p, sample_weight=w),
        "R²": sk.r2_score(y, p, sample_weight=w),
    }
    assert found["value"].drop("loss").to_dict() == pytest.approx(expected)
    assert inside(found)


@pytest.fixture(params=[("0", "1", "2", "3"), ("cat", "dog", "cow", "<b>")])
def classes(request):
    label = RNG.integers(0, 4, N).astype(float)
    score = RNG.normal(size=(N, 4)) + 1.5 * np.eye(4)[label.astype(int)]
    score = np.exp(score) / np.exp(score).sum(axis=1, keepdims=True)
    label[:20] = np.nan
    chosen = output("multiclass", request.param)
    return example_table(chosen, score, label, RNG.random(N), INDEX), class_shares(chosen, score, INDEX), label, score


@pytest.mark.parametrize("weights", [None, WEIGHTS])
def test_classes(classes, weights):
    table, shares, label, score = classes
    found = by_metric(output_metrics(table, "multiclass", weights, shares=shares))
    kept = ~np.isnan(label) & ((1 if weights is None else weights) > 0)
    y, p = label[kept].astype(int), score[kept]
    w = np.ones(len(y)) if weights is None else weights[kept]
    best = p.argmax(axis=1)
    expected = {
        "accuracy": sk.accuracy_score(y, best, sample_weight=w),
        "macro F1": sk.f1_score(y, best, average="macro", sample_weight=w),
        "log loss": sk.log_loss(y, p, sample_weight=w),
        "macro AUROC": np.mean([sk.roc_auc_score(y == c, p[:, c], sample_weight=w) for c in range(4)]),
        "expected calibration error": naive_ece(p.max(axis=1), best == y, w),
    }
    assert found["value"].drop("loss").to_dict() == pytest.approx(expected)
    if weights is None:
        assert found.loc["macro AUROC", "value"] == pytest.approx(sk.roc_auc_score(y, p, multi_class="ovr"))
    assert inside(found)


def test_without_the_shares_of_classes_what_needs_them_says_so(classes):
    table, *_ = classes
    found = output_metrics(table, "multiclass")
    lacking = {"macro AUROC", "expected calibration error"}
    assert set(found["metric"][found["value"].isna()]) == lacking == set(found.attrs["reasons"])


def test_a_class_without_labels_is_left_out_of_the_macro_auroc_and_that_is_said(classes):
    table, shares, label, score = classes
    rows = label != 2
    found = output_metrics(table, "multiclass", None, rows, shares=shares)
    there = rows & ~np.isnan(label)
    areas = [sk.roc_auc_score(label[there] == c, score[there, c]) for c in (0, 1, 3)]
    assert by_metric(found).loc["macro AUROC", "value"] == pytest.approx(np.mean(areas))
    assert "1 classes without a label" in found.attrs["reasons"]["macro AUROC"]


def test_very_many_examples_times_classes_are_sampled_and_that_is_said(classes, monkeypatch):
    table, shares, *_ = classes
    whole = by_metric(output_metrics(table, "multiclass", shares=shares)).loc["macro AUROC"]
    monkeypatch.setattr("nbdebug.measure.metrics.classes.MOST_PAIRS", 4 * 140)
    found = output_metrics(table, "multiclass", shares=shares)
    part = by_metric(found).loc["macro AUROC"]
    assert found.attrs["reasons"]["macro AUROC"] == "of a random sample of 140 examples"
    assert (part["high"] - part["low"]) / (whole["high"] - whole["low"]) == pytest.approx(np.sqrt(2), rel=0.25)
    assert part["low"] < whole["value"] < part["high"]


ONE_CLASS = {"AUROC", "average precision"}


@pytest.mark.parametrize(
    ("label", "score", "undefined", "why"),
    [
        ([1.0, 1, 1], [0.2, 0.9, 0.4], {"AUROC"}, "every label is 1"),
        ([0.0, 0, 0], [0.2, 0.3, 0.4], {*ONE_CLASS, "F1"}, "every label is 0"),
        ([0.0, 1, 0], [0.2, np.nan, 0.4], {*ONE_CLASS, "F1"}, "prediction is not finite for 1 examples"),
        ([0.0, 1, 0], [0.3, 0.3, 0.3], set(), ""),
        ([1.0], [0.3], {"AUROC"}, "one example has no spread"),
    ],
)
def test_what_cannot_be_computed_says_why(label, score, undefined, why):
    label, score = np.array(label), np.array(score)
    table = example_table(output("binary"), score, label, np.abs(label - score), pd.RangeIndex(len(label)))
    found = output_metrics(table, "binary")
    assert set(found["metric"][found["value"].isna()]) == undefined
    assert undefined <= set(found.attrs["reasons"])
    assert why in found.attrs["note"]


def test_labels_without_spread_have_no_r_squared():
    table = example_table(output("regression"), np.arange(4.0), np.full(4, 2.0), np.zeros(4), pd.RangeIndex(4))
    found = output_metrics(table, "regression")
    assert by_metric(found)["value"].isna().to_dict() == {"loss": False, "MAE": False, "RMSE": False, "R²": True}
    assert "every label is 2" in found.attrs["reasons"]["R²"]


def test_a_share_as_label_counts_whole_in_a_cross_entropy():
    label, score = np.array([0.25, 0.75]), np.array([0.25, 0.5])
    table = example_table(output("binary"), score, label, np.zeros(2), pd.RangeIndex(2))
    found = by_metric(output_metrics(table, "binary"))
    first = -0.25 * np.log(0.25) - 0.75 * np.log(0.75)
    assert found.loc["log loss", "value"] == pytest.approx((first + np.log(2)) / 2)
    assert found.loc["Brier score", "value"] == pytest.approx(0.25**2 / 2)
    assert found.loc["accuracy", "value"] == 1


def test_only_what_is_asked_for(binary):
    assert output_metrics(binary, "binary", only=["F1", "loss"])["metric"].tolist() == ["loss", "F1"]
    with pytest.raises(NbdebugError) as error:
        output_metrics(binary, "binary", only=["auroc"])
    assert "'AUROC'" in error.value.fix
