import numpy as np
import pandas as pd
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.measure.outcomes import BINARY, binary_outcomes
from nbdebug.measure.worst import Worst, worst_first

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


@pytest.mark.parametrize("outcome", ["false_negative", "false_positive", "true_positive", "correct", "wrong", "loss"])
def test_a_list_cut_at_any_threshold_is_the_one_sorted_anew(outcome):
    rng = np.random.default_rng(0)
    label = np.where(rng.random(500) < 0.2, rng.random(500).round(1), rng.integers(0, 2, 500))
    prediction = rng.random(500).round(2)
    label[::17], prediction[::23] = NAN, NAN
    table = binary_table(label, prediction)
    worst = Worst(table, "binary")
    for threshold in (0.0, 0.2, 0.5, 0.501, 0.9, 1.1):
        judged = table.assign(outcome=binary_outcomes(label, prediction, threshold))
        names = {
            "wrong": ["false_positive", "false_negative"],
            "correct": ["true_positive", "true_negative"],
            "loss": [*BINARY],
        }.get(outcome, [outcome])
        held = [i for i in range(500) if judged["outcome"].iloc[i] in names]
        expected = sorted(held, key=lambda i: -abs(label[i] - prediction[i]))[:40]
        found = worst.first(outcome, 40, threshold)
        assert found["example"].tolist() == expected
        assert found["outcome"].tolist() == judged["outcome"].iloc[expected].tolist()


def test_an_order_is_sorted_once(monkeypatch):
    worst = Worst(TABLE, "binary")
    before = [worst.places("false_negative", 5, 0.5), worst.places("loss", 5, 0.5)]
    monkeypatch.setattr("nbdebug.measure.worst.np.argsort", None)
    assert worst.places("false_negative", 5, 0.2).tolist() == [1]
    assert worst.places("false_positive", 5, 0.8).tolist() == [4]
    np.testing.assert_array_equal(worst.places("loss", 5, 0.9), before[1])
