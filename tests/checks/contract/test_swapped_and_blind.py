"""Labels of another output, labels without a class, losses that see only signs, masks over tokens."""

import keras
import numpy as np
import pytest
from keras import layers, ops

from nbdebug.checkup import check

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(96, 3)).astype("float32")
LARGE = (X[:, :1] > 0).astype("float32")
LENGTH = 40 + 5 * X[:, 1:2]
KIND = RANDOM.integers(0, 3, 96)


def found_by(name, model, x, y, **fit):
    report = check(model, x, y, only=[name], **fit)
    assert [v.kind for v in report.verdicts] != ["broke"], report.verdicts
    return report.findings


def heads(*wanted):
    """A model with heads of these activations and losses: (units, activation, loss)."""
    given = keras.Input((3,))
    outputs = [layers.Dense(n, activation, name=f"head_{i}")(given) for i, (n, activation, _) in enumerate(wanted)]
    model = keras.Model(given, outputs)
    model.compile("adam", [loss for *_, loss in wanted])
    return model


YES_NO, NUMBER = (1, "sigmoid", "binary_crossentropy"), (1, None, "mse")
OF_THREE = (3, "softmax", "sparse_categorical_crossentropy")


@pytest.mark.parametrize(
    ("wanted", "right"),
    [((YES_NO, NUMBER), (LARGE, LENGTH)), ((NUMBER, OF_THREE, YES_NO), (LENGTH, KIND, LARGE))],
)
def test_labels_in_another_order_than_the_outputs(wanted, right):
    (found,) = found_by("labels_of_other_output", heads(*wanted), X, list(right[1:] + right[:1]))
    assert (found.severity, found.cause) == ("error", "labels")
    assert not found_by("labels_of_other_output", heads(*wanted), X, list(right))


@pytest.mark.parametrize(
    ("wanted", "given"),
    [((YES_NO, YES_NO), (LARGE, 1 - LARGE)), ((YES_NO, NUMBER), (LENGTH, LENGTH)), ((NUMBER, NUMBER), (LARGE, LENGTH))],
    ids=["alike", "neither order", "any"],
)
def test_no_other_order_is_clearly_better(wanted, given):
    assert not found_by("labels_of_other_output", heads(*wanted), X, list(given))


def one(loss, activation=None, units=1):
    model = keras.Sequential([keras.Input((3,)), layers.Dense(units, activation, name="out")])
    model.compile("adam", loss)
    return model


def correlation(y, given):
    y, given = y - ops.mean(y, axis=0), given - ops.mean(given, axis=0)
    return -ops.sum(y * given) / ops.sqrt(ops.sum(y**2) * ops.sum(given**2))


def signs(y, given):
    return ops.mean(ops.relu(-ops.sign(y) * ops.tanh(100 * given)), axis=-1)


@pytest.mark.parametrize("loss", ["cosine_similarity", keras.losses.CosineSimilarity(), signs])
def test_a_loss_that_sees_the_sign_alone(loss):
    (found,) = found_by("loss_sees_the_sign", one(loss), X, X[:, :1])
    assert (found.severity, found.cause) == ("error", "loss")


@pytest.mark.parametrize("loss", ["mse", "mae", "huber", correlation, "log_cosh"])
def test_a_loss_that_sees_sizes(loss):
    assert not found_by("loss_sees_the_sign", one(loss), X, X[:, :1])


def test_directions_of_several_columns_are_what_cosine_similarity_is_for():
    assert not found_by("loss_sees_the_sign", one("cosine_similarity", units=3), X, X)


def test_one_hot_labels_that_lack_a_class():
    y = np.eye(3, dtype="float32")[KIND][:, :2]
    (found,) = found_by("one_hot_without_class", one("categorical_crossentropy", "softmax", 2), X, y)
    assert found.measured == pytest.approx(np.mean(KIND == 2))
    assert set(found.examples) <= set(np.flatnonzero(KIND == 2).tolist())


@pytest.mark.parametrize(
    ("y", "fit"),
    [
        (np.eye(3)[KIND], {}),
        ((RANDOM.random((96, 3)) < 0.5).astype(float), {}),
        (np.eye(3)[KIND] * (np.arange(96) % 4 > 0)[:, None], {"sample_weight": (np.arange(96) % 4 > 0).astype(float)}),
    ],
    ids=["one each", "several each", "left out by weight"],
)
def test_labels_with_a_class(y, fit):
    assert not found_by("one_hot_without_class", one("categorical_crossentropy", "softmax", 3), X, y, **fit)


def reads(tokens, mask):
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.Input((8,)), layers.Embedding(9, 4, mask_zero=mask, name="words"), layers.LSTM(4), layers.Dense(1)]
    )
    model.compile("adam", "mse")
    return found_by("mask_of_tokens", model, tokens, np.zeros(len(tokens)))


def padded(side):
    tokens = RANDOM.integers(1, 9, (60, 8))
    for row, length in zip(tokens, RANDOM.integers(2, 9, 60), strict=True):
        row[length:] = 0
    return tokens[:, ::-1] if side == "pre" else tokens


def test_a_token_that_is_taken_for_padding():
    tokens = RANDOM.integers(0, 4, (60, 8))
    (found,) = reads(tokens, mask=True)
    between = sum((row[:i] != 0).any() and (row[i:] != 0).any() for row in tokens for i in np.flatnonzero(row == 0))
    assert found.measured == pytest.approx(between / (tokens == 0).sum())
    assert found.severity == "warning"
    assert not reads(tokens, mask=False)


def test_zeros_that_are_all_that_tells_examples_apart():
    clicks = np.zeros((60, 8), int)
    for row in clicks:
        row[RANDOM.permutation(8)[:3]] = 1
    (found,) = reads(clicks, mask=True)
    assert found.severity == "error"


@pytest.mark.parametrize("side", ["pre", "post"])
def test_padding_is_hidden(side):
    assert not reads(padded(side), mask=True)


def sums(y, given):
    return ops.mean((y + given) ** 2, axis=-1)


def logarithms(y, given):
    """The deviance of a rate whose logarithm is predicted."""
    return ops.mean(ops.exp(given) - y * given, axis=-1)


def forgetful(y, given):
    return ops.mean(given**2 + 0 * y, axis=-1)


def pinball(y, given):
    return ops.mean(ops.maximum(0.9 * (y - given), 0.1 * (given - y)), axis=-1)


@pytest.mark.parametrize(("loss", "severity"), [(sums, "error"), (forgetful, "warning")])
@pytest.mark.parametrize("y", [X[:, :1], X[:, 0]])
def test_a_loss_turned_round_or_without_labels(loss, severity, y):
    (found,) = found_by("loss_against_labels", one(loss), X, y)
    assert (found.severity, found.cause) == (severity, "loss")


@pytest.mark.parametrize("loss", [logarithms, pinball, correlation, lambda y, given: (y - given) ** 4])
def test_a_loss_that_grows_with_what_is_wrong(loss):
    assert not found_by("loss_against_labels", one(loss), X, np.exp(X[:, :1]))


def test_where_labels_are_not_used_there_are_none():
    assert not found_by("loss_against_labels", one(forgetful), X, np.zeros(96))


def test_labels_of_another_part():
    (found,) = found_by("as_many_labels", one("mse"), X[:60], X[:, :1])
    assert (found.severity, found.measured, found.threshold) == ("error", 96, 60)
    assert not found_by("as_many_labels", one("mse"), X, X[:, :1])


@pytest.mark.parametrize(("n", "found"), [(20, 0), (21, 1)])
def test_validation_labels_of_another_part(n, found):
    validation = X[:20], X[:n, :1]
    assert len(check(one("mse"), X, X[:, :1], validation=validation, only=["as_many_labels"]).findings) == found
