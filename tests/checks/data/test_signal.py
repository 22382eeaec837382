"""What inputs say about labels: nothing, only one value, or only by a number that stands for a name."""

import numpy as np
import pytest
from checks.data.tables import CLASSES, YES_NO, blobs, findings
from keras import layers

RANDOM = np.random.default_rng(0)
X, Y = blobs()
NUMBERS = RANDOM.normal(size=(600, 6)).astype("float32")


@pytest.mark.parametrize(
    ("y", "head"),
    [(RANDOM.permutation(Y), CLASSES), (RANDOM.permutation(Y > 1).astype(int), YES_NO)],
)
def test_labels_that_were_shuffled(y, head):
    (found,) = findings("no_signal", X, y, head)
    assert set(found.evidence["correlations"]) == {"linear", "neighbours", "trees"}
    assert found.measured < 0.1


def test_numbers_that_were_shuffled():
    (found,) = findings("no_signal", NUMBERS, RANDOM.permutation(NUMBERS.sum(axis=1)))
    assert found.severity == "warning"


@pytest.mark.parametrize(
    "y",
    [
        NUMBERS[:, 0] + 3 * RANDOM.normal(size=600),
        np.abs(NUMBERS[:, 1]),
        NUMBERS[:, 0] * NUMBERS[:, 1],
        np.sign(NUMBERS[:, 0] * NUMBERS[:, 1]) + NUMBERS[:, 2] ** 2,
    ],
    ids=["weak", "bent", "product", "both"],
)
def test_labels_that_some_learner_sees(y):
    assert not findings("no_signal", NUMBERS, y)


def test_what_learners_cannot_judge_is_left_alone():
    drawn = RANDOM.normal(size=600)
    assert not findings("no_signal", NUMBERS, drawn, (1, None, lambda y, given: abs(y - given)))
    assert not findings("no_signal", NUMBERS[:300], drawn[:300])
    assert not findings("no_signal", np.ones((600, 4), "float32"), drawn)


WORDS = RANDOM.integers(0, 9, (600, 5))


@pytest.mark.parametrize(
    ("x", "first"), [(RANDOM.normal(size=(600, 6, 6, 1)).astype("float32"), ()), (WORDS, (layers.Embedding(9, 2),))]
)
def test_of_pictures_and_words_a_network_may_see_more(x, first):
    (found,) = findings("no_signal", x, RANDOM.normal(size=600), first=first)
    assert found.severity == "note"
    assert "order" in found.why


@pytest.mark.parametrize("y", [(WORDS == 3).sum(axis=1), WORDS[:, 2] > 4], ids=["how often", "at a place"])
def test_what_words_say_is_heard(y):
    assert not findings("no_signal", WORDS, y.astype(float), first=(layers.Embedding(9, 2),))


SOLD = np.where(RANDOM.random(600) < 0.35, np.exp(NUMBERS[:, 0]) + 1, 0)


def test_a_demand_that_is_mostly_zero_whatever_the_inputs():
    (found,) = findings("median_is_one_value", NUMBERS, SOLD, (1, None, "mae"))
    assert found.cause == "loss"
    assert found.measured == pytest.approx(np.mean(SOLD == 0))


@pytest.mark.parametrize(
    ("y", "loss"),
    [
        (SOLD, "mse"),
        (np.where(NUMBERS[:, 1] > 0.5, np.exp(NUMBERS[:, 0]), 0), "mae"),
        (np.where(RANDOM.random(600) < 0.7, np.exp(NUMBERS[:, 0]), 0), "mae"),
        (NUMBERS[:, 0], "mae"),
    ],
    ids=["squares", "zero can be told", "seldom zero", "never zero"],
)
def test_absolute_errors_with_something_to_learn(y, loss):
    assert not findings("median_is_one_value", NUMBERS, y, (1, None, loss))


SHOP = RANDOM.integers(1, 41, 900)
SELLS = np.random.default_rng(5).normal(size=41)[SHOP] + 0.1 * RANDOM.normal(size=900)


def with_column(column):
    return np.c_[RANDOM.normal(size=(900, 2)), column].astype("float32")


@pytest.mark.parametrize("scale", [1.0, 1 / 40])
def test_the_number_of_a_shop(scale):
    (found,) = findings("code_as_a_size", with_column(SHOP * scale), SELLS)
    assert found.evidence["column"] == 2
    assert found.measured > found.threshold


def test_the_number_of_a_shop_that_some_class_hangs_on():
    assert findings("code_as_a_size", with_column(SHOP), (SELLS > 0).astype(int), YES_NO)


@pytest.mark.parametrize(
    "y",
    [
        0.1 * SHOP + RANDOM.normal(size=900),
        np.sin(SHOP / 6) + 0.5 * RANDOM.normal(size=900),
        (SHOP > 20) + 0.3 * RANDOM.normal(size=900),
        RANDOM.normal(size=900),
    ],
    ids=["line", "wave", "step", "nothing"],
)
def test_a_whole_number_that_is_a_size(y):
    assert not findings("code_as_a_size", with_column(SHOP), y)


def test_a_shop_that_is_looked_up():
    assert not findings("code_as_a_size", SHOP[:, None], SELLS, first=(layers.Embedding(41, 4),))


def test_a_measurement_has_no_levels():
    assert not findings("code_as_a_size", with_column(SHOP + 0.01 * RANDOM.normal(size=900)), SELLS)


BY_CLASS = np.argsort(Y, kind="stable")


def test_one_class_a_batch():
    (found,) = findings("one_class_a_batch", X[BY_CLASS], Y[BY_CLASS], CLASSES, shuffle=False)
    cuts = [Y[BY_CLASS][at : at + 32] for at in range(0, 600, 32)]
    assert found.measured == pytest.approx(np.mean([len(set(part)) == 1 for part in cuts]))


@pytest.mark.parametrize(
    ("y", "fit"),
    [
        (Y[BY_CLASS], {}),
        (Y, {"shuffle": False}),
        (Y[BY_CLASS], {"shuffle": False, "batch_size": 2}),
        ((np.arange(600) > 594).astype(int), {"shuffle": False}),
    ],
    ids=["shuffled", "mixed", "tiny batches", "rare"],
)
def test_batches_of_several_classes(y, fit):
    assert not findings("one_class_a_batch", X, y, CLASSES, **fit)


WARM = RANDOM.uniform(-10, 40, 600)
TWO_UNITS = WARM.copy()
TWO_UNITS[::2] = TWO_UNITS[::2] * 9 / 5 + 32
HALF = np.where(np.arange(600) < 300, WARM, 1000 * WARM)


@pytest.mark.parametrize("column", [TWO_UNITS, HALF])
def test_one_column_in_two_units(column):
    (found,) = findings("two_units", np.c_[NUMBERS, column], np.cos(WARM / 10) + NUMBERS[:, 0])
    assert found.evidence["column"] == 6
    assert found.measured == pytest.approx(1.8 if column is TWO_UNITS else 1000, rel=0.15)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (np.c_[NUMBERS, WARM], WARM),
        (np.sort(NUMBERS, axis=0), np.sort(NUMBERS[:, 0])),
        (np.sort(NUMBERS, axis=0), RANDOM.normal(size=600)),
        (NUMBERS + np.linspace(0, 3, 600)[:, None], RANDOM.normal(size=600)),
        (NUMBERS * (1 + 2 * (np.arange(600) % 2))[:, None], (np.arange(600) % 2) + NUMBERS[:, 0]),
        (NUMBERS * np.where(np.arange(600) < 300, 3, 1)[:, None], NUMBERS[:, 0]),
    ],
    ids=["one unit", "sorted with labels", "sorted alone", "drift", "labels differ, too", "easy ones first"],
)
def test_columns_in_one_unit(x, y):
    assert not findings("two_units", x, y)
