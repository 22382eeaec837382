import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from nbdebug.measure.metrics import COLUMNS, basic_metrics
from nbdebug.measure.outcomes import binary_outcomes, class_outcomes

RNG = np.random.default_rng(0)


def table(label, prediction, loss=1.0):
    label, prediction = np.array(label, float), np.array(prediction, float)
    frame = pd.DataFrame({"label": label, "prediction": prediction})
    frame["loss"] = np.where(np.isnan(label), np.nan, loss)
    frame["outcome"] = binary_outcomes(label, prediction)
    return frame


@pytest.fixture
def binary():
    label = RNG.integers(0, 2, 40).astype(float)
    label[:4] = np.nan
    return table(label, np.clip(RNG.normal(label, 0.6), 0, 1), RNG.random(40))


def by_metric(frame):
    assert list(frame.columns) == COLUMNS
    return frame.set_index("metric")


def test_missing_labels_count_in_nothing(binary):
    found, kept = by_metric(basic_metrics(binary, "binary")), binary.dropna(subset="label")
    assert found["n"].tolist() == [36] * 3
    assert found.loc["loss", "value"] == pytest.approx(kept["loss"].mean())
    assert found.loc["AUROC", "value"] == pytest.approx(roc_auc_score(kept["label"], kept["prediction"]))
    assert found.loc["accuracy", "value"] == ((kept["prediction"] >= 0.5) == kept["label"]).mean()
    assert (found["low"] < found["value"]).all()
    assert (found["value"] < found["high"]).all()


def test_a_weight_of_zero_leaves_an_example_out(binary):
    weights = np.arange(40) % 2.0
    found, kept = basic_metrics(binary, "binary", weights), basic_metrics(binary[weights > 0], "binary")
    pd.testing.assert_frame_equal(found, kept)


def test_rows_choose(binary):
    rows = np.arange(40) < 20
    pd.testing.assert_frame_equal(basic_metrics(binary, "binary", None, rows), basic_metrics(binary[:20], "binary"))


def test_one_class_has_no_auroc_and_says_why():
    found = basic_metrics(table([1, 1, np.nan], [0.2, 0.9, 0.9]), "binary")
    assert np.isnan(by_metric(found).loc["AUROC", "value"])
    assert "every label is 1" in found.attrs["reasons"]["AUROC"]
    assert by_metric(found).loc["accuracy", "value"] == 0.5


@pytest.mark.parametrize(
    ("frame", "rows", "why"),
    [
        (table([np.nan, np.nan], [0.2, 0.9]), None, "no labels"),
        (table([1, 0], [0.2, 0.9]), np.zeros(2, bool), "no example is selected"),
    ],
)
def test_nothing_to_count_is_nan_with_a_reason(frame, rows, why):
    found = basic_metrics(frame, "binary", None, rows)
    assert found["value"].isna().all()
    assert found["n"].tolist() == [0, 0, 0]
    assert set(found.attrs["reasons"].values()) == {why}


def test_a_regression_has_the_mean_absolute_error():
    frame = table([1, 2, np.nan, 4], [2, 2, 9, 1])
    found = by_metric(basic_metrics(frame, "regression"))
    assert found.loc["MAE", ["value", "n"]].tolist() == [pytest.approx(4 / 3), 3]
    assert list(found.index) == ["loss", "MAE"]


def test_classes_have_an_accuracy():
    label, prediction = np.array([0, 1, 2, np.nan]), np.array([0.0, 1, 1, 1])
    frame = table(label, prediction)
    frame["outcome"] = class_outcomes(label, prediction)
    found = by_metric(basic_metrics(frame, "multiclass"))
    assert found.loc["accuracy", ["value", "n"]].tolist() == [pytest.approx(2 / 3), 3]


def test_a_prediction_that_is_not_finite_is_left_out_and_told():
    frame = table([1, 0, 1, 0], [0.9, 0.1, np.nan, 0.2], [1, 1, np.nan, 1])
    found = basic_metrics(frame, "binary")
    assert by_metric(found)["n"].tolist() == [3, 3, 3]
    assert "1 examples" in found.attrs["reasons"]["loss"]
