import numpy as np
import pandas as pd
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.measure.intake.heads import Reading
from nbdebug.measure.intake.labels import fit_labels, labels_by_head, missing_notes
from nbdebug.records.head import Head

BINARY, CLASSES, NUMBERS = (
    Reading("binary", False, False),
    Reading("multiclass", True, False),
    Reading("regression", False, False),
)
ONE, TEN, FOUR = (Head("out", (n,), "linear", None, None) for n in (1, 10, 4))
OVER_TIME = Head("out", (3, 1), "sigmoid", None, 1)
NAN = np.nan


@pytest.mark.parametrize(
    ("head", "reading", "y", "expected"),
    [
        (ONE, BINARY, [0, 1], [[0], [1]]),
        (ONE, BINARY, [[0.0], [NAN]], [[0], [NAN]]),
        (TEN, CLASSES, [3, 9], [3, 9]),
        (TEN, CLASSES, [[3], [9]], [3, 9]),
        (TEN, CLASSES, np.eye(10)[[3, 9]], [3, 9]),
        (TEN, CLASSES, [3, NAN], [3, NAN]),
        (FOUR, BINARY, [[0, 1, NAN, 1], [1, 1, 0, 0]], [[0, 1, NAN, 1], [1, 1, 0, 0]]),
        (OVER_TIME, BINARY, [[0, 1, 1], [0, 0, NAN]], [[[0], [1], [1]], [[0], [0], [NAN]]]),
        (ONE, NUMBERS, [2.5, -1], [[2.5], [-1]]),
        (FOUR, NUMBERS, [2.5, NAN], [[2.5] * 4, [NAN] * 4]),
        (FOUR, NUMBERS, [[2.5], [-1]], [[2.5] * 4, [-1] * 4]),
    ],
)
def test_labels_take_the_shape_of_their_head(head, reading, y, expected):
    np.testing.assert_array_equal(fit_labels(head, reading, np.array(y), None), expected)


def test_a_one_hot_row_with_nan_is_missing():
    y = np.eye(10)[[3, 4]]
    y[1, 2] = NAN
    np.testing.assert_array_equal(fit_labels(TEN, CLASSES, y, None), [3, NAN])


@pytest.mark.parametrize(("head", "reading"), [(TEN, CLASSES), (ONE, BINARY)])
def test_minus_one_is_missing_when_asked(head, reading):
    found = fit_labels(head, reading, np.array([1, -1, 0]), -1).reshape(-1)
    np.testing.assert_array_equal(found, [1, NAN, 0])


def test_labels_that_fit_are_views():
    y = np.zeros((5, 4), np.float32)
    assert np.shares_memory(fit_labels(FOUR, BINARY, y, None), y)


@pytest.mark.parametrize(
    ("head", "reading", "y", "got", "fix"),
    [
        (TEN, CLASSES, [3, 12, 12], "12 in 2 places, first at example 1", "0 to 9"),
        (TEN, CLASSES, [3, -1], "-1 in 1 places", "missing=-1"),
        (TEN, CLASSES, [3, 2.5], "2.5", "0 to 9"),
        (ONE, BINARY, [0, 1, 2.0], "2 in 1 places, first at example 2", "0 to 1"),
        (ONE, BINARY, [0, 1, np.inf], "inf", "0 to 1"),
        (TEN, CLASSES, np.zeros((2, 10)), "example 0 sums to 0", "class numbers"),
        (TEN, CLASSES, np.zeros((2, 9)), "(2, 9)", "(2, 10) or (2,)"),
        (FOUR, NUMBERS, np.zeros((2, 3)), "(2, 3)", "(2, 4)"),
        (OVER_TIME, BINARY, [0, 1], "(2,)", "(2, 3, 1)"),
    ],
)
def test_labels_outside_the_head_say_where_and_what_fits(head, reading, y, got, fix):
    with pytest.raises(NbdebugError) as error:
        fit_labels(head, reading, np.array(y), None)
    assert got in error.value.got
    assert fix in error.value.fix
    assert "out" in error.value.what


def test_columns_are_found_by_name():
    names = {"out": ("a", "b", "c", "d")}
    frame = pd.DataFrame({"d": [1, 2], "a": [3, 4]})
    np.testing.assert_array_equal(labels_by_head(frame, [FOUR], names)["out"], [[3, NAN, NAN, 1], [4, NAN, NAN, 2]])


def test_heads_are_found_by_their_users_name():
    heads = [Head("h1", (1,), "sigmoid", None, None), Head("h2", (1,), "sigmoid", None, None)]
    found = labels_by_head({"apnea": [1, 0]}, heads, {"h1": ("diabetes",), "h2": ("apnea",)})
    assert list(found) == ["h2"]


def test_missing_labels_are_counted():
    notes = missing_notes({"a": np.array([1, NAN, NAN]), "b": np.array([1, 2, 3])})
    assert notes == ("2 of 3 labels of a are missing and left out of every metric.",)


def test_no_label_at_all_is_an_error():
    with pytest.raises(NbdebugError, match="All labels are missing"):
        missing_notes({"a": np.full(3, NAN), "b": np.full(2, NAN)})
