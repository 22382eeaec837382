"""Training and validation data that were prepared apart: columns in another order, classes under other numbers."""

import numpy as np
import pytest
from checks.data.tables import CLASSES, YES_NO, blobs, findings
from keras.utils import to_categorical

X, Y = blobs()
LATER, LATER_Y = blobs(seed=1, n=200)
ORDER = np.array([2, 0, 1, 5, 4, 3])


def of_columns(other, x=X):
    return findings("columns_in_another_order", x, Y, CLASSES, validation=(other, LATER_Y[: len(other)]))


def test_columns_in_another_order():
    (found,) = of_columns(LATER[:, ORDER])
    assert found.severity == "error"
    assert ORDER[found.evidence["order"]].tolist() == list(range(6))


@pytest.mark.parametrize(
    "other",
    [LATER, LATER + 1, 2 * LATER, LATER[Y[:200] > 0], LATER[LATER_Y != 1], LATER[:20][:, ORDER]],
    ids=["same", "moved", "scaled", "fewer", "without a class", "too few"],
)
def test_columns_in_the_same_order(other):
    assert not of_columns(other)


def test_columns_that_cannot_be_told_apart_are_in_no_order():
    alike = [np.random.default_rng(s).normal(size=(200, 6)).astype("float32") for s in range(2)]
    assert not findings("columns_in_another_order", alike[0], Y[:200], CLASSES, validation=(alike[1], LATER_Y))


def of_labels(given, later=LATER, x=X, y=Y, head=CLASSES):
    return findings("labels_coded_apart", x, y, head, validation=(later, given))


def test_classes_numbered_anew_where_one_is_missing():
    kept = LATER_Y != 0
    (found,) = of_labels(LATER_Y[kept] - 1, LATER[kept])
    assert (found.severity, found.cause) == ("error", "labels")
    assert found.evidence["renumbered"] == {"1": 0, "2": 1, "3": 2}
    assert found.measured < 0.1 < 0.9 < found.threshold


def test_one_hot_columns_in_another_order():
    head = (4, "softmax", "categorical_crossentropy")
    y, given = to_categorical(Y), to_categorical(LATER_Y)
    assert of_labels(given[:, [1, 0, 3, 2]], y=y, head=head)
    assert not of_labels(given, y=y, head=head)


def test_yes_for_no():
    y, given = (Y > 1).astype(int), (LATER_Y > 1).astype(int)
    assert of_labels(1 - given, y=y, head=YES_NO)
    assert not of_labels(given, y=y, head=YES_NO)


@pytest.mark.parametrize(("from_", "severity"), [(300, "error"), (500, None)])
def test_two_files_with_two_codes(from_, severity):
    y = (Y > 1).astype(int)
    y[from_:] = 1 - y[from_:]
    found = findings("labels_coded_apart", X, y, YES_NO)
    assert [f.severity for f in found] == ([severity] if severity else [])


def test_classes_that_come_one_after_the_other_are_no_codes():
    order = np.argsort(Y, kind="stable")
    assert not findings("labels_coded_apart", X[order], Y[order], CLASSES)


def test_validation_that_drifts_is_not_numbered_anew():
    assert not of_labels(LATER_Y, LATER + 2.5)


def test_labels_that_nothing_tells_are_not_judged():
    drawn = np.random.default_rng(0).integers(0, 4, 600)
    assert not of_labels((drawn[:200] + 1) % 4, LATER, y=drawn)


def test_noisy_labels_of_validation_are_noise():
    random = np.random.default_rng(0)
    assert not of_labels(np.where(random.random(200) < 0.5, random.integers(0, 4, 200), LATER_Y))


def of_numbers(given, y=X[:, 0]):
    return findings("different_targets", X, y, validation=(LATER, given))


@pytest.mark.parametrize("given", [1000 + 50 * LATER[:, 0], 50 * LATER[:, 0], 0.01 * LATER[:, 0]])
def test_validation_labels_on_another_scale(given):
    (found,) = of_numbers(given)
    assert found.cause == "target_scaling"
    assert found.measured == pytest.approx(np.std(given) / np.std(X[:, 0]), rel=1e-3)


@pytest.mark.parametrize("given", [LATER[:, 0], 3 * LATER[:, 0] + 2, np.ones(200)])
def test_validation_labels_that_drift(given):
    assert not of_numbers(given)


def test_several_columns_of_labels_are_judged_one_by_one():
    head = (2, None, "mse")
    given = LATER[:, :2] * [1, 40]
    (found,) = findings("different_targets", X, X[:, :2], head, validation=(LATER, given))
    assert found.measured == pytest.approx(40 * LATER[:, 1].std() / X[:, 1].std(), rel=1e-3)


@pytest.mark.parametrize(
    ("fit", "found"),
    [
        ({"sample_weight": np.zeros(600)}, 1),
        ({"class_weight": {0: 0, 1: 0}}, 1),
        ({"sample_weight": (np.arange(600) == 5).astype(float)}, 0),
        ({"class_weight": {0: 0, 1: 2}}, 0),
        ({}, 0),
    ],
)
def test_weights_of_zero(fit, found):
    assert len(findings("weights_of_zero", X, (Y > 1).astype(int), YES_NO, **fit)) == found
