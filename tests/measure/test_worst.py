import numpy as np
import pandas as pd
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.measure.outcomes import binary_outcomes
from nbdebug.measure.worst import worst_first

NAN = np.nan


def binary_table(label, prediction, loss=None):
    label, prediction = np.array(label, float), np.array(prediction, float)
    return pd.DataFrame(
        {
            "example": np.arange(len(label)),
            "label": label,
            "prediction": prediction,
            "loss": np.abs(label - prediction) if loss is None else loss,
            "outcome": binary_outcomes(label, prediction),
        },
        index=[f"user {i}" for i in range(len(label))],
    )


TABLE = binary_table([1, 1, 1, 0, 0, NAN, 1], [0.4, 0.01, 0.4, 0.7, 0.95, 0.99, 0.8])


@pytest.mark.parametrize(
    ("outcome", "examples"),
    [
        ("false_negative", [1, 0, 2]),
        ("false_positive", [4, 3]),
        ("true_positive", [6]),
        ("true_negative", []),
        ("wrong", [1, 4, 3, 0, 2]),
        ("loss", [1, 4, 3, 0, 2, 6]),
    ],
)
def test_the_largest_gap_comes_first_ties_as_they_are_and_missing_labels_never(outcome, examples):
    assert worst_first(TABLE, "binary", outcome, 20)["example"].tolist() == examples


def test_lists_follow_the_threshold():
    assert worst_first(TABLE, "binary", "false_positive", 20, 0.8)["example"].tolist() == [4]
    assert worst_first(TABLE, "binary", "false_negative", 20, 0.2)["example"].tolist() == [1]
    relabelled = TABLE.assign(outcome="true_positive")
    assert worst_first(relabelled, "binary", "false_positive", 20, 0.5)["example"].tolist() == [4, 3]


def test_n_cuts_and_names_stay():
    assert worst_first(TABLE, "binary", "false_negative", 1).index.tolist() == ["user 1"]
    assert len(worst_first(TABLE, "binary", "loss", 0)) == 0


def test_a_residual_is_judged_by_its_size():
    table = pd.DataFrame({"example": range(4), "label": [0.0, 0, 0, NAN], "loss": 0.0, "residual": [1.0, -3, 2, NAN]})
    assert worst_first(table, "regression", "residual", 9)["example"].tolist() == [1, 2, 0]


@pytest.mark.parametrize("n", [-1, 2.5, "3"])
def test_n_is_a_count(n):
    with pytest.raises(NbdebugError) as error:
        worst_first(TABLE, "binary", "loss", n)
    assert repr(n) in error.value.got


def test_without_labels_nothing_is_known_to_be_wrong():
    table = binary_table([NAN, NAN], [0.1, 0.9])
    with pytest.raises(NbdebugError, match="no labels"):
        worst_first(table, "binary", "loss", 3)
