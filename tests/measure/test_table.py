import numpy as np
import pandas as pd
import pytest

from nbdebug.measure.table import class_shares, example_table
from nbdebug.records import Output


def output(kind, *, per_time=False, classes=(), inferred=False):
    return Output("apnea", "head", None, kind, per_time, classes, "linear", "some_loss", inferred)


INDEX = pd.Index(["ann", "bob", "eve"])


def test_a_binary_row():
    found = example_table(
        output("binary", classes=("0", "1")),
        np.array([0.2, 0.7, 0.9]),
        np.array([1, np.nan, 1.0]),
        np.array([1.6, np.nan, 0.1]),
        INDEX,
    )
    assert list(found.columns) == ["example", "label", "prediction", "loss", "outcome"]
    assert found.index.tolist() == ["ann", "bob", "eve"]
    assert found["outcome"].tolist() == ["false_negative", None, "true_positive"]
    assert found.attrs["note"] == ""


def test_a_regression_has_residuals():
    found = example_table(output("regression"), np.array([1.0, 2, 3]), np.array([0, 4, np.nan]), np.zeros(3), INDEX)
    np.testing.assert_array_equal(found["residual"], [1, -2, np.nan])
    assert "outcome" not in found


@pytest.mark.parametrize(
    ("classes", "label", "prediction"),
    [(("0", "1", "2"), [2, 0, 1], [2, 1, 1]), (("cat", "dog", "<b>"), ["<b>", "cat", "dog"], ["<b>", "dog", "dog"])],
)
def test_classes_go_by_the_users_names_or_their_numbers(classes, label, prediction):
    score = np.array([[0.1, 0.2, 0.7], [0.2, 0.5, 0.3], [0, 1.0, 0]])
    found = example_table(output("multiclass", classes=classes), score, np.array([2, 0, 1]), np.zeros(3), INDEX)
    assert found["label"].tolist() == label
    assert found["prediction"].tolist() == prediction
    assert found["outcome"].tolist() == ["correct", "wrong", "correct"]


def test_a_prediction_at_every_time_is_averaged_over_unmasked_times_and_says_so():
    score = np.array([[0.2, 0.4, 0.9], [1, 1, 1.0], [0, 0, 0.0]])
    mask = np.array([[1, 1, 0], [1, 1, 1], [0, 0, 0]], bool)
    label = np.array([[1, 1, 0], [1, np.nan, 1], [1, 1, 1.0]])
    found = example_table(output("binary", per_time=True, classes=("0", "1")), score, label, score, INDEX, mask)
    np.testing.assert_allclose(found["prediction"], [0.3, 1, np.nan])
    np.testing.assert_allclose(found["label"], [1, 1, np.nan])
    np.testing.assert_allclose(found["loss"], [0.3, 1, np.nan])
    assert "means over the unmasked times" in found.attrs["note"]


def test_classes_at_every_time_take_the_most_frequent_label():
    score = np.tile(np.array([0.2, 0.3, 0.5]), (3, 4, 1))
    label = np.array([[0, 0, 1, 2], [2, 2, np.nan, 1], [1, 1, 1, 1]])
    found = example_table(
        output("multiclass", per_time=True, classes=("0", "1", "2")), score, label, np.zeros((3, 4)), INDEX
    )
    assert found["label"].tolist() == [0, 2, 1]
    assert found["outcome"].tolist() == ["wrong", "correct", "wrong"]


def test_the_probability_of_the_true_class_is_what_the_model_gave_it():
    score = np.array([[0.1, 0.2, 0.7], [0.2, 0.5, 0.3], [0, 1.0, 0]])
    label = np.array([2, 0, np.nan])
    found = example_table(output("multiclass", classes=("0", "1", "2")), score, label, np.full(3, 9.0), INDEX)
    np.testing.assert_allclose(found["label_probability"], [0.7, 0.2, np.nan])
    unlabelled = example_table(output("multiclass", classes=("0", "1", "2")), score, None, None, INDEX)
    assert unlabelled["label_probability"].isna().all()


def test_the_probability_of_true_classes_over_time_is_the_mean_over_unmasked_labelled_times():
    score = np.tile(np.array([0.2, 0.3, 0.5]), (3, 4, 1))
    label = np.array([[0, 0, 1, 2], [2, 2, np.nan, 1], [1, 1, 1, 1]])
    mask = np.array([[1, 0, 1, 0], [1, 1, 1, 1], [0, 0, 0, 0]], bool)
    classes = output("multiclass", per_time=True, classes=("0", "1", "2"))
    found = example_table(classes, score, label, np.zeros((3, 4)), INDEX, mask)
    np.testing.assert_allclose(found["label_probability"], [0.25, 1.3 / 3, np.nan])


@pytest.mark.parametrize(("classes", "columns"), [(("0", "1"), [0, 1]), (("cat", "dog"), ["cat", "dog"])])
def test_shares_of_classes_are_named_as_labels_are_and_averaged_over_unmasked_times(classes, columns):
    score = np.array([[[0.2, 0.8], [0.6, 0.4]], [[1, 0.0], [0, 1.0]], [[0.5, 0.5], [0.5, 0.5]]])
    mask = np.array([[1, 1], [1, 0], [0, 0]], bool)
    found = class_shares(output("multiclass", classes=classes), score, INDEX, mask)
    assert found.columns.tolist() == columns
    np.testing.assert_allclose(found, [[0.4, 0.6], [1, 0], [np.nan, np.nan]])


def test_an_inferred_loss_is_labelled():
    found = example_table(output("regression", inferred=True), np.zeros(3), np.zeros(3), np.zeros(3), INDEX)
    assert "some_loss, inferred" in found.attrs["note"]


def test_without_labels_there_are_predictions_only():
    found = example_table(output("binary", classes=("0", "1")), np.array([0.2, 0.7, 0.9]), None, None, INDEX)
    assert found[["label", "loss", "outcome"]].isna().all().all()
    assert found["prediction"].tolist() == [0.2, 0.7, 0.9]
