import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import roc_auc_score

from nbdebug.measure.intervals import auroc_interval, effective_number, mean_interval, placements, share_interval

RNG = np.random.default_rng(0)


def test_the_mean_has_scipys_t_interval():
    values = RNG.normal(size=30)
    expected = stats.t.interval(0.95, 29, values.mean(), stats.sem(values))
    np.testing.assert_allclose(mean_interval(values, np.ones(30)), (values.mean(), *expected))


def test_one_value_has_no_interval():
    mean, low, high = mean_interval(np.array([3.0]), np.ones(1))
    assert mean == 3
    assert np.isnan([low, high]).all()


@pytest.mark.parametrize(("hits", "n"), [(0, 10), (7, 20), (20, 20)])
def test_a_share_has_scipys_wilson_interval(hits, n):
    expected = stats.binomtest(hits, n).proportion_ci(method="wilson")
    found = share_interval(np.arange(n) < hits, np.ones(n))
    np.testing.assert_allclose(found, (hits / n, expected.low, expected.high), atol=1e-12)


def naive_delong(label, score):
    x, y = score[label], score[~label]
    psi = (x[:, None] > y[None]) + 0.5 * (x[:, None] == y[None])
    area, (v, w) = psi.mean(), (psi.mean(axis=1).var(ddof=1) / len(x), psi.mean(axis=0).var(ddof=1) / len(y))
    freedom = (v + w) ** 2 / (v**2 / (len(x) - 1) + w**2 / (len(y) - 1))
    odds = area / (1 - area)
    factor = np.exp(stats.t.ppf(0.975, freedom) * np.sqrt(v + w) / (area * (1 - area)))
    return area, odds / factor / (1 + odds / factor), odds * factor / (1 + odds * factor)


def test_auroc_agrees_with_delong_written_out_and_with_scikit_learn():
    label = RNG.random(60) < 0.4
    score = np.round(RNG.normal(size=60) + label, 1)
    found = auroc_interval(label, score, np.ones(60))
    np.testing.assert_allclose(found, naive_delong(label, score))
    assert found[0] == pytest.approx(roc_auc_score(label, score))


def test_placements_are_the_share_of_pairs_that_are_right():
    label, score = RNG.random(60) < 0.4, np.round(RNG.normal(size=60), 1)
    weights = RNG.random(60)
    right = (score[:, None] > score[None]) + 0.5 * (score[:, None] == score[None])
    right = np.where(label[:, None], right, 1 - right)
    others = np.where(label[:, None] != label[None], weights[None], 0)
    np.testing.assert_allclose(placements(label, score, weights), (right * others).sum(1) / others.sum(1))


def test_weights_of_two_count_like_an_example_twice():
    label, score = RNG.random(40) < 0.5, RNG.normal(size=40)
    weights = RNG.integers(1, 4, 40).astype(float)
    value, _, _ = auroc_interval(label, score, weights)
    assert value == pytest.approx(roc_auc_score(label, score, sample_weight=weights))


def test_a_perfect_ranking_of_few_is_not_certain():
    label = np.arange(8) >= 4
    value, low, high = auroc_interval(label, np.arange(8.0), np.ones(8))
    assert value == high == 1
    assert 0.4 < low < 0.95
    mirrored = auroc_interval(~label, np.arange(8.0), np.ones(8))
    np.testing.assert_allclose(mirrored, (0, 0, 1 - low), atol=1e-6)


def test_weights_do_not_make_a_perfect_ranking_certain():
    label, weights = np.arange(40) >= 20, RNG.random(40)
    _, low, high = auroc_interval(label, np.arange(40.0), weights)
    assert low < 0.98
    assert high == 1


@pytest.mark.parametrize(("n_positive", "n_negative", "shift"), [(40, 40, 1.0), (30, 30, 2.0), (60, 600, 1.5)])
def test_intervals_hold_the_truth_as_often_as_they_say(n_positive, n_negative, shift):
    rng = np.random.default_rng(1)
    truth, label = stats.norm.cdf(shift / np.sqrt(2)), np.arange(n_positive + n_negative) < n_positive
    held = 0
    for _ in range(1000):
        score = rng.normal(size=len(label)) + shift * label
        _, low, high = auroc_interval(label, score, np.ones(len(label)))
        held += low <= truth <= high
    assert 930 <= held <= 970


def test_equal_weights_are_a_plain_count():
    assert effective_number(np.full(7, 0.3)) == pytest.approx(7)
    assert effective_number(np.array([1.0, 0.0, 0.0])) == 1
