import numpy as np
import pandas as pd
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.measure.outcomes import binary_outcomes, check_outcome, class_outcomes, with_threshold

NAN = np.nan


def test_the_four_outcomes_and_the_threshold():
    label = np.array([1, 0, 0, 1, 1, NAN, 1])
    prediction = np.array([0.9, 0.9, 0.1, 0.1, 0.5, 0.9, NAN])
    assert binary_outcomes(label, prediction).tolist() == [
        "true_positive",
        "false_positive",
        "true_negative",
        "false_negative",
        "true_positive",
        None,
        None,
    ]


def test_predictions_follow_another_threshold_and_labels_do_not():
    label, prediction = np.array([0.4, 0.6, 0.4, 0.6]), np.array([0.2, 0.2, 0.3, 0.3])
    expected = ["true_negative", "false_negative", "false_positive", "true_positive"]
    assert binary_outcomes(label, prediction, 0.3).tolist() == expected
    table = pd.DataFrame({"label": label, "prediction": prediction, "outcome": None})
    assert with_threshold(table, 0.3)["outcome"].tolist() == expected
    assert table["outcome"].isna().all()


def test_classes_are_correct_or_wrong():
    found = class_outcomes(np.array([2, 0, NAN, 1]), np.array([2, 1, 1, NAN]))
    assert found.tolist() == ["correct", "wrong", None, None]


@pytest.mark.parametrize(
    ("outcome", "kind", "near"),
    [
        ("false_negativ", "binary", "false_negative"),
        ("true_positive", "multiclass", "correct"),
        ("residual", "binary", "loss"),
    ],
)
def test_an_unknown_outcome_lists_those_there_are(outcome, kind, near):
    with pytest.raises(NbdebugError) as error:
        check_outcome(outcome, kind)
    assert near in error.value.fix
    assert repr(outcome) in error.value.got
