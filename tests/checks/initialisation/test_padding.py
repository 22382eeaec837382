"""Padding behind sequences, which a recurrent layer forgets them over."""

import keras
import numpy as np
import pytest
from keras import layers

from nbdebug.checkup import check

LENGTH = 80
RANDOM = np.random.default_rng(0)
SHORT = np.zeros((64, LENGTH), "int32")
for row in SHORT:
    row[: RANDOM.integers(4, 12)] = RANDOM.integers(1, 20)
LONG = RANDOM.integers(1, 20, (64, LENGTH))
Y = (SHORT[:, 0] > 9).astype("float32")


def findings(x, *before, layer=None):
    keras.utils.set_random_seed(0)
    layer = layer or layers.LSTM(8, name="reader")
    model = keras.Sequential([keras.Input(x.shape[1:]), *before, layer, layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy")
    report = check(model, x, Y, only=["padding_washes_out"])
    assert report.verdicts[0].kind in ("clear", "found"), report.verdicts
    return report.findings


def words(**more):
    return layers.Embedding(20, 4, **more)


@pytest.mark.parametrize("layer", [layers.LSTM, layers.GRU])
def test_the_last_state_is_that_of_the_padding(layer):
    (found,) = findings(SHORT, words(), layer=layer(8, name="reader"))
    assert (found.layer, found.cause) == ("reader", "layers")
    assert "mask_zero" in found.fix
    assert found.evidence["padding"] >= LENGTH - 12
    assert found.measured < found.threshold


def test_all_of_it_forgotten_is_an_error():
    (found,) = findings(np.pad(SHORT, ((0, 0), (0, 200))), words())
    assert found.severity == "error"


def test_numbers_are_padded_too():
    rows = np.where(SHORT[..., None] > 0, RANDOM.normal(size=(64, LENGTH, 3)), 0).astype("float32")
    (found,) = findings(rows)
    assert "Masking" in found.fix
    assert not findings(rows, layers.Masking(0.0))


@pytest.mark.parametrize(
    ("x", "before", "layer"),
    [
        (SHORT, [words(mask_zero=True)], None),
        (SHORT[:, ::-1].copy(), [words()], None),
        (LONG, [words()], None),
        (SHORT, [words()], layers.Bidirectional(layers.LSTM(8))),
        (SHORT, [words()], layers.LSTM(8, go_backwards=True)),
        (SHORT, [words(), layers.LSTM(8, return_sequences=True)], layers.GlobalMaxPooling1D()),
    ],
    ids=["masked", "padded before", "long", "both ways", "backwards", "all times"],
)
def test_sequences_that_are_not_forgotten(x, before, layer):
    assert not findings(x, *before, layer=layer)
