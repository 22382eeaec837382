import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as sk

from nbdebug.errors import NbdebugError
from nbdebug.measure.outcomes import BINARY, binary_outcomes
from nbdebug.measure.thresholds import Thresholds

RNG = np.random.default_rng(0)


def brute(label, score, weights, threshold):
    outcome = binary_outcomes(label, score, threshold)
    return {name: weights[outcome == name].sum() for name in BINARY}


def data(n=200, missing=True):
    label, score = (RNG.random(n) < 0.3).astype(float), np.round(RNG.random(n), 2)
    if missing:
        label[:10], score[20:25] = np.nan, np.nan
    return label, score, RNG.integers(0, 3, n).astype(float)


@pytest.mark.parametrize("threshold", [-1.0, 0.0, 0.15, 0.5, 0.505, 1.0, 2.0])
def test_counts_are_those_of_the_outcomes(threshold):
    label, score, weights = data()
    found = Thresholds(label, score, weights).counts(threshold)
    assert vars(found) == brute(label, score, weights, threshold)


def test_shares_of_counts_are_scikit_learns():
    label, score, weights = data(missing=False)
    found, called = Thresholds(label, score, weights).counts(0.4), score >= 0.4
    assert found.precision == pytest.approx(sk.precision_score(label, called, sample_weight=weights))
    assert found.recall == pytest.approx(sk.recall_score(label, called, sample_weight=weights))
    assert found.specificity == pytest.approx(sk.recall_score(1 - label, ~called, sample_weight=weights))
    assert found.accuracy == pytest.approx(sk.accuracy_score(label, called, sample_weight=weights))
    assert found.f1 == pytest.approx(sk.f1_score(label, called, sample_weight=weights))
    assert Thresholds(label, score, weights).counts(2).precision is None


few = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.7, 1.0]), st.integers(1, 3)), min_size=1
)


@given(few, st.integers(0, 5), st.integers(1, 5))
def test_the_best_threshold_costs_no_more_than_any_other(rows, false_positive, false_negative):
    label, score, weights = (np.array(column, float) for column in zip(*rows, strict=True))
    thresholds = Thresholds(label, score, weights)
    best = thresholds.best(false_positive, false_negative)

    def cost(threshold):
        outcomes = brute(label, score, weights, threshold)
        return outcomes["false_positive"] * false_positive + outcomes["false_negative"] * false_negative

    tried = {t: cost(t) for t in np.arange(-0.05, 1.1, 0.05).round(3)}
    assert thresholds.cost(best, false_positive, false_negative) == cost(best) == min(tried.values())


def test_of_equally_cheap_thresholds_the_one_nearest_to_a_half_is_best():
    label, score = np.array([0, 1, 0, 1.0]), np.array([0.1, 0.2, 0.6, 0.9])  # one mistake at 0.15 and at 0.75
    assert Thresholds(label, score).best(1, 1) == pytest.approx(0.75)
    assert Thresholds(label, score).best(1, 2) == pytest.approx(0.15)


def test_where_mistakes_cannot_be_avoided_nothing_or_everything_is_predicted():
    label = np.zeros(3)
    assert 0.9 < Thresholds(label, np.array([0.2, 0.9, 0.9])).best(1, 1) < 1
    assert Thresholds(label, np.array([0.2, 0.9, 1.0])).best(1, 1) > 1
    assert Thresholds(label + 1, np.array([0.2, 0.9, 1.0])).best(1, 1) == 0.2


def test_what_changed_is_what_has_another_outcome():
    label, score, _ = data()
    thresholds = Thresholds(label, score)
    for before, after in [(0.3, 0.5), (0.5, 0.3), (0.4, 0.4), (0.0, 2.0)]:
        differs = binary_outcomes(label, score, before) != binary_outcomes(label, score, after)
        found = thresholds.changed(before, after)
        assert sorted(found) == np.flatnonzero(differs).tolist()
        assert (np.diff(score[found]) >= 0).all()


@pytest.mark.parametrize(("false_positive", "false_negative"), [(-1, 1), (0, 0), (np.nan, 1), (np.inf, 1)])
def test_costs_are_not_negative(false_positive, false_negative):
    with pytest.raises(NbdebugError, match="costs"):
        Thresholds(*data()).best(false_positive, false_negative)


def test_without_labels_there_is_nothing_to_set():
    with pytest.raises(NbdebugError, match="nothing to set"):
        Thresholds(np.full(3, np.nan), np.zeros(3))
