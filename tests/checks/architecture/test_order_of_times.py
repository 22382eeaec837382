"""Sequences read backwards beside others, and pictures that move without their maps."""

import keras
import numpy as np
import pytest
from keras import layers, ops

from nbdebug.checkup import check

SERIES = np.random.default_rng(0).normal(size=(24, 8, 3)).astype("float32")
PICTURES = np.random.default_rng(1).random((24, 12, 12, 1)).astype("float32")


def found_by(name, x, y, make, loss="mse"):
    given = keras.Input(x.shape[1:])
    model = keras.Model(given, make(given))
    model.compile("adam", loss)
    report = check(model, x, y, only=[name])
    assert [v.kind for v in report.verdicts] in (["clear"], ["found"]), report.verdicts
    return [(f.severity, f.cause) for f in report.findings]


def gru(**given):
    return layers.GRU(4, return_sequences=True, **given)


def beside(*sides, merge=None):
    return lambda x: layers.Dense(1)((merge or layers.Concatenate())([side(x) for side in sides]))


def then(*steps):
    def run(x):
        for step in steps:
            x = step(x)
        return x

    return run


BACK = {"go_backwards": True}
UNTURNED = [
    beside(gru(), gru(**BACK)),
    beside(gru(), then(gru(**BACK), layers.Dropout(0.1), layers.Dense(4)), merge=layers.Add()),
    beside(layers.Dense(4), gru(**BACK)),
    beside(then(gru(), gru()), then(gru(), gru(**BACK))),
]
TURNED = [
    beside(gru(), then(gru(**BACK), lambda states: ops.flip(states, axis=1))),
    beside(gru(), then(gru(**BACK), gru(**BACK))),
    beside(gru(**BACK), gru(**BACK)),
    beside(gru(), gru()),
    lambda x: layers.Dense(1)(layers.Bidirectional(gru())(x)),
]


@pytest.mark.parametrize("make", UNTURNED)
def test_backward_states_beside_forward_ones(make):
    assert found_by("backward_not_turned", SERIES, SERIES[..., :1], make) == [("error", "layers")]


@pytest.mark.parametrize("make", TURNED)
def test_states_of_one_time_beside_each_other(make):
    assert found_by("backward_not_turned", SERIES, SERIES[..., :1], make) == []


def test_last_states_have_no_order():
    make = beside(layers.GRU(4), layers.GRU(4, go_backwards=True))
    assert found_by("backward_not_turned", SERIES, SERIES[:, 0, :1], make) == []


def moved(layer, *head):
    return then(layer, layers.Conv2D(4, 3, padding="same", activation="relu"), *head)


MAP = layers.Conv2D(1, 1, activation="sigmoid")
ONE = (layers.GlobalAveragePooling2D(), layers.Dense(1, activation="sigmoid"))


@pytest.mark.parametrize("layer", [layers.RandomFlip(), layers.RandomRotation(0.1), layers.RandomTranslation(0.1, 0.1)])
def test_pictures_move_and_their_maps_do_not(layer):
    y = (PICTURES > 0.5).astype("float32")
    assert found_by("moved_without_its_map", PICTURES, y, moved(layer, MAP)) == [("error", "data")]
    assert found_by("moved_without_its_map", PICTURES, y.mean((1, 2)).round(), moved(layer, *ONE)) == []


@pytest.mark.parametrize("layer", [layers.RandomBrightness(0.1), layers.GaussianNoise(0.1), layers.Dropout(0.1)])
def test_what_changes_values_and_no_places(layer):
    y = (PICTURES > 0.5).astype("float32")
    assert found_by("moved_without_its_map", PICTURES, y, moved(layer, MAP)) == []


def attending(*, placed=False, causal=False, pooled=None):
    def make(given):
        h = layers.Dense(6)(given)
        h = h + layers.Embedding(8, 6)(ops.arange(8)) if placed else h
        h = h + layers.MultiHeadAttention(2, 3)(h, h, use_causal_mask=causal)
        return layers.Dense(1)((pooled or layers.GlobalAveragePooling1D())(h))

    return make


def test_attention_without_positions_is_of_a_set():
    labels = SERIES[:, 0, :1]
    assert found_by("order_unseen", SERIES, labels, attending()) == [("note", "layers")]
    assert found_by("order_unseen", SERIES, labels, attending(pooled=layers.GlobalMaxPooling1D())) == [
        ("note", "layers")
    ]


@pytest.mark.parametrize(
    "make",
    [
        attending(placed=True),
        attending(causal=True, pooled=layers.Flatten()),
        attending(pooled=layers.LSTM(4)),
        then(layers.Conv1D(6, 3), lambda h: layers.MultiHeadAttention(2, 3)(h, h), layers.Flatten(), layers.Dense(1)),
        then(layers.Dense(6), layers.GlobalAveragePooling1D(), layers.Dense(1)),
    ],
)
def test_an_order_that_is_seen_or_not_meant_to_be(make):
    assert not found_by("order_unseen", SERIES, SERIES[:, 0, :1], make)
