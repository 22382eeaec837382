"""Networks that see what they are to tell, read the padding alone or weigh by a softmax over one; and their like."""

import keras
import numpy as np
import pytest
from keras import layers, ops

from nbdebug.checkup import check

RANDOM = np.random.default_rng(0)
WALK = RANDOM.integers(1, 9, (80, 13))
PADDED = np.where(np.arange(12) < RANDOM.integers(4, 10, 80)[:, None], WALK[:, :12], 0)
SPARSE = "sparse_categorical_crossentropy"


def findings(name, x, y, make, loss=SPARSE):
    keras.utils.set_random_seed(0)
    given = keras.Input(x.shape[1:])
    model = keras.Model(given, make(given))
    model.compile("adam", loss)
    report = check(model, x, y, only=[name], epochs=3, batch_size=16)
    assert [v.kind for v in report.verdicts] in (["clear"], ["found"]), report.verdicts
    return report.findings


def letters(*between):
    def make(given):
        h = layers.Embedding(9, 8)(given)
        for layer in between:
            h = layer(h)
        return layers.Dense(9, "softmax")(h)

    return make


def attended(**asked):
    def make(given):
        h = layers.Embedding(9, 8)(given)
        return layers.Dense(9, "softmax")(h + layers.MultiHeadAttention(2, 4)(h, h, **asked))

    return make


@pytest.mark.parametrize(
    ("make", "seen"),
    [
        (letters(layers.Bidirectional(layers.GRU(6, return_sequences=True))), True),
        (letters(layers.Conv1D(8, 3, padding="same")), True),
        (attended(), True),
        (attended(use_causal_mask=True), False),
        (letters(layers.Conv1D(8, 3, padding="causal")), False),
        (letters(layers.LSTM(6, return_sequences=True)), False),
    ],
)
def test_the_next_letter(make, seen):
    found = findings("future_seen", WALK[:, :-1], WALK[:, 1:], make)
    assert [(f.severity, f.cause) for f in found] == [("error", "layers")] * seen


def test_numbers_one_time_ahead():
    x = RANDOM.normal(size=(60, 15)).cumsum(axis=1).astype("float32")
    over = layers.Conv1D(4, 3, padding="same", activation="relu")
    (found,) = findings("future_seen", x[:, :-1, None], x[:, 1:, None], lambda h: layers.Dense(1)(over(h)), "mse")
    assert found.evidence["input"]


@pytest.mark.parametrize("y", [WALK[:, :-1], WALK[:, :-1] % 3, np.roll(WALK[:, :-1], 1, axis=1)])
def test_labels_that_are_not_the_next_letter(y):
    assert not findings("future_seen", WALK[:, :-1], y, letters(layers.Conv1D(8, 3, padding="same")))


def remembered(given):
    return layers.Dense(3, "softmax")(layers.GRU(4)(layers.Embedding(9, 8, mask_zero=True)(given)))


def masked(turn):
    def make(given):
        mask = ops.repeat(turn(given)[:, None], 12, axis=1)
        h = layers.Embedding(9, 8)(given)
        h = layers.MultiHeadAttention(2, 4)(h, h, attention_mask=mask)
        return layers.Dense(3, "softmax")(layers.GlobalAveragePooling1D()(h))

    return make


@pytest.mark.parametrize("front", [False, True])
def test_a_mask_the_wrong_way_round(front):
    x = PADDED[:, ::-1] if front else PADDED
    (found,) = findings("mask_upside_down", x, np.arange(80) % 3, masked(lambda given: ops.equal(given, 0)))
    assert (found.severity, found.cause) == ("error", "layers")


@pytest.mark.parametrize(
    ("x", "make"),
    [
        (PADDED, masked(lambda given: ops.not_equal(given, 0))),
        (WALK[:, :12], masked(lambda given: ops.equal(given, 0))),  # nothing is padded
        (
            PADDED,
            lambda given: layers.Dense(3, "softmax")(layers.GRU(4)(layers.Embedding(9, 8, mask_zero=True)(given))),
        ),
        (PADDED, lambda given: layers.Dense(3, "softmax", kernel_initializer="zeros")(layers.Flatten()(given))),
    ],
)
def test_masks_that_hide_the_padding(x, make):
    assert not findings("mask_upside_down", x, np.arange(80) % 3, make)


SERIES = RANDOM.normal(size=(80, 10, 4)).astype("float32")


def pooled(axis):
    def make(given):
        weights = ops.softmax(layers.Dense(1, name="scores")(given), axis=axis)
        return layers.Dense(3, "softmax")(ops.sum(weights * given, axis=1))

    return make


def attention(given):
    return layers.Dense(3, "softmax")(layers.Flatten()(layers.MultiHeadAttention(2, 4)(given, given)))


def gated(activation):
    def make(given):
        h = layers.Flatten()(given)
        return layers.Dense(3, "softmax")(h * layers.Dense(1, activation, name="scores")(h))

    return make


@pytest.mark.parametrize(
    ("make", "over_one"),
    [
        (pooled(-1), True),
        (pooled(1), False),
        (gated("softmax"), True),
        (gated("sigmoid"), False),
        (
            lambda given: layers.Dense(3, "softmax")(layers.Flatten()(layers.MultiHeadAttention(2, 4)(given, given))),
            False,
        ),
    ],
)
def test_a_softmax_over_one(make, over_one):
    found = findings("softmax_over_one", SERIES, np.arange(80) % 3, make)
    assert [f.layer for f in found] == ["scores"] * over_one


@pytest.mark.parametrize(
    "head",
    [
        lambda given: layers.Dense(1, "softmax")(layers.Flatten()(given)),
        lambda given: layers.TimeDistributed(layers.Dense(1, "softmax"))(layers.LSTM(4, return_sequences=True)(given)),
    ],
)
def test_the_head_is_another_checks(head):
    labels = np.resize([0, 1], (80, *head(keras.Input(SERIES.shape[1:])).shape[1:]))
    assert not findings("softmax_over_one", SERIES, labels, head, "binary_crossentropy")
