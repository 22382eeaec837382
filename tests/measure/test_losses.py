import numpy as np
import pytest
from sklearn.metrics import log_loss

from nbdebug.measure.losses import inferred_loss_name, inferred_losses, squash

RNG = np.random.default_rng(0)


def test_binary_losses_average_to_log_loss():
    label, score = RNG.integers(0, 2, 50).astype(float), RNG.random(50)
    assert inferred_losses("binary", label, score).mean() == pytest.approx(log_loss(label, score))


def test_class_losses_average_to_log_loss():
    score = RNG.random((50, 4))
    score /= score.sum(axis=1, keepdims=True)
    label = RNG.integers(0, 4, 50).astype(float)
    assert inferred_losses("multiclass", label, score).mean() == pytest.approx(log_loss(label, score, labels=range(4)))


def test_a_regression_is_squared():
    assert inferred_losses("regression", np.array([1.0, 2.0]), np.array([3.0, 2.5])).tolist() == [4, 0.25]


@pytest.mark.parametrize(("kind", "score"), [("binary", np.array([0.3])), ("multiclass", np.array([[0.3, 0.7]]))])
def test_a_missing_label_has_no_loss(kind, score):
    assert np.isnan(inferred_losses(kind, np.array([np.nan]), score)).all()


def test_certain_and_wrong_is_finite():
    assert inferred_losses("binary", np.array([1.0]), np.array([0.0]))[0] == pytest.approx(-np.log(1e-7))


def test_losses_over_time():
    label, score = np.array([[0.0, 1.0, np.nan]]), np.array([[0.5, 0.5, 0.5]])
    np.testing.assert_allclose(inferred_losses("binary", label, score), [[np.log(2), np.log(2), np.nan]])


def test_squashing_is_a_sigmoid_or_softmax_without_overflow():
    assert squash(np.array([0.0, 1000.0, -1000.0]), "binary").tolist() == [0.5, 1, 0]
    shares = squash(np.array([[1000.0, 0.0], [1.0, 1.0]]), "multiclass")
    np.testing.assert_allclose(shares, [[1, 0], [0.5, 0.5]])


def test_an_inferred_loss_says_whether_it_read_logits():
    assert inferred_loss_name("binary", True) == "binary_crossentropy from logits"
    assert inferred_loss_name("regression", False) == "squared_error"
