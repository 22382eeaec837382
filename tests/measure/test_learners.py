"""Plain learners on data whose truth is known."""

import numpy as np
import pytest

from nbdebug.measure.learners import correlations, shares, transfer

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(600, 4))


def test_classes_are_carried_over():
    y = (X[:, 0] + X[:, 1] > 0).astype(float)
    found = transfer(X[:400], y[:400], X[400:])
    assert found.held_out > 0.85
    assert (found.predicted == y[400:]).mean() == pytest.approx(found.held_out, abs=0.1)


def test_held_out_is_chance_where_labels_are_drawn():
    y = RANDOM.integers(0, 2, 600).astype(float)
    assert transfer(X, y, X[:5]).held_out == pytest.approx(0.5, abs=0.08)


def test_shares_are_near_the_truth():
    chance = np.where(X[:, 0] > 0, 0.9, 0.2)
    found = shares(X, np.random.default_rng(1).random(600) < chance)
    assert found[X[:, 0] > 0.3].mean() == pytest.approx(0.9, abs=0.07)
    assert found[X[:, 0] < -0.3].mean() == pytest.approx(0.2, abs=0.07)


@pytest.mark.parametrize(
    ("label", "sees"),
    [(X[:, 0], "linear"), (np.abs(X[:, 0]), "neighbours"), (np.sign(X[:, 0] * X[:, 1]), "trees")],
)
def test_some_learner_sees_what_is_there(label, sees):
    assert dict(correlations(X, label[:, None]))[sees] > 0.4


def test_no_learner_sees_what_is_not_there():
    label = np.random.default_rng(2).normal(size=(600, 1))
    assert max(found for _, found in correlations(X, label)) < 0.1


def test_the_linear_one_is_the_correlation_of_a_perfect_line():
    assert next(iter(correlations(X, X[:, :2] @ [[1.0], [2.0]])))[1] == pytest.approx(1, abs=0.01)


def test_global_random_states_stay():
    np.random.seed(3)
    list(correlations(X, X[:, :1]))
    transfer(X, np.sign(X[:, 0]), X[:5])
    assert np.random.uniform() == np.random.RandomState(3).uniform()
