"""What labels are, from their values alone."""

import numpy as np
import pytest

from nbdebug.measure.label_kinds import describe_labels
from nbdebug.measure.spread import spread

RANDOM = np.random.default_rng(0)
ONE_HOT = np.eye(4)[RANDOM.integers(0, 4, 100)]
KINDS = [
    (np.array(["a", "b", "a"]), 2, "text", 2),
    (np.array(["a", None], dtype=object), 2, "text", 2),
    (np.array(["0", "1"]), 2, "text", 2),
    (np.zeros(9), 2, "binary", 2),
    (np.array([True, False]), 2, "binary", 2),
    (np.array([1, 0, None], dtype=object), 2, "binary", 2),
    (np.array([0.0, 1.0, np.nan]), 2, "binary", 2),
    (np.array([-1, 1, 1]), 2, "plus_minus", 2),
    (2 * ONE_HOT - 1, 2, "plus_minus", None),
    (RANDOM.integers(0, 10, 1000), 2, "classes", 10),
    (RANDOM.integers(0, 10, (100, 7)), 3, "classes", 10),
    (RANDOM.integers(3, 9, 1000), 2, "classes", 9),
    (RANDOM.integers(18, 90, 1000), 2, "numbers", None),
    (np.arange(10), 2, "numbers", None),
    (RANDOM.integers(-1, 2, 100), 2, "numbers", None),
    (np.array([0, 400, 800] * 10), 2, "numbers", None),
    (RANDOM.random(50), 2, "shares", None),
    (RANDOM.normal(size=50), 2, "numbers", None),
    (ONE_HOT, 2, "one_hot", 4),
    (np.minimum(ONE_HOT + np.roll(ONE_HOT, 1, 0), 1), 2, "multi_hot", 4),
    (0.9 * ONE_HOT + 0.025, 2, "distribution", 4),
    (RANDOM.random((50, 3)), 2, "shares", None),
    (RANDOM.normal(size=(50, 3)), 2, "numbers", None),
    (np.full(4, np.nan), 2, "none", None),
    (np.array([np.zeros(2), np.zeros(3)], dtype=object), 2, "none", None),
    (None, 2, "none", None),
]


@pytest.mark.parametrize(("y", "rank", "kind", "classes"), KINDS)
def test_kind_and_number_of_classes(y, rank, kind, classes):
    labels = describe_labels(y, rank)
    assert (labels.kind, labels.n_classes) == (kind, classes)


def test_columns_are_told_by_the_rank_of_the_head():
    y = RANDOM.normal(size=(20, 5))
    assert describe_labels(y, 2).columns == 5
    assert describe_labels(y, 3).columns == 1
    assert describe_labels(y[:, 0], 1).columns == 1


def test_facts_agree_with_numpy():
    y = np.append(RANDOM.normal(size=999), np.nan)
    labels = describe_labels(y, 2)
    assert labels.missing == pytest.approx(0.001)
    assert (labels.minimum, labels.maximum) == (np.nanmin(y), np.nanmax(y))
    assert (labels.mean, labels.std) == pytest.approx((np.nanmean(y), np.nanstd(y)))
    assert labels.distinct == 999
    assert not labels.whole


def test_share_of_examples_with_more_than_one_label():
    y = np.zeros((10, 3))
    y[:4, 0] = y[:3, 1] = 1
    assert describe_labels(y, 2).several == pytest.approx(0.3)
    assert describe_labels(ONE_HOT, 2).several == 0


def test_many_labels_are_sampled_over_all_examples_but_extremes_are_exact():
    y = np.sort(RANDOM.integers(0, 10, 2_000_000))
    y[1_234_567] = 11
    labels = describe_labels(y, 2)
    assert (labels.kind, labels.maximum, labels.distinct) == ("classes", 11, 11)


def test_a_sample_is_spread_over_all_rows():
    rows = spread(np.arange(3000).reshape(1000, 3), 300)
    assert rows.shape == (100, 3)
    assert (rows[0, 0], rows[-1, 0]) == (0, 2997)
    assert spread(rows, 300) is rows
