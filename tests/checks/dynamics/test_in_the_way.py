"""What stands between inputs and labels: layers, pooling, a missing hidden layer, a frozen one; and what may stand."""

import keras
import numpy as np
import pytest
from checks.dynamics.planted import blobs, classifier

from nbdebug.checkup import check

FIT = {"epochs": 20, "batch_size": 32}


def compiled(*layers, loss="binary_crossentropy", rate=0.02, shape=(8,)):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input(shape), *layers])
    model.compile(keras.optimizers.Adam(rate), loss)
    return model


def hidden(width=16):
    return keras.layers.Dense(width, activation="relu")


def risk():
    return keras.layers.Dense(1, activation="sigmoid", name="risk")


def findings(model, x, y, name):
    report = check(model, x, y, only=[name], **FIT)
    assert [v.why for v in report.verdicts if v.kind in ("broke", "unfit")] == []
    return report.findings


def one_of_eight(n=512):
    """The first feature says it all; the others say nothing, so that which is which must be known."""
    x = np.random.default_rng(0).normal(size=(n, 8)).astype("float32")
    return x, (x[:, 0] > 0).astype("int32")


def test_a_layer_that_takes_the_answer_away():
    x, y = one_of_eight()
    noise = keras.layers.GaussianDropout(0.9999, name="loud")
    (found,) = findings(compiled(noise, hidden(), risk()), x, y, "layer_in_the_way")
    assert (found.layer, found.severity) == ("loud", "warning")
    assert found.measured < found.threshold


@pytest.mark.parametrize("layer", [keras.layers.Dropout(0.5), keras.layers.GaussianNoise(0.3)])
def test_dropout_and_noise_that_slow_down(layer):
    x, y = one_of_eight()
    assert not findings(compiled(hidden(), layer, risk()), x, y, "layer_in_the_way")


def test_labels_that_follow_from_nothing_are_no_layers_fault():
    x, _ = one_of_eight()
    y = np.random.default_rng(5).integers(0, 2, len(x))
    assert not findings(compiled(keras.layers.Dropout(0.5), hidden(256), risk()), x, y, "layer_in_the_way")


def times(order, n=512):
    """Eight words a text; the label is which of two words comes first, or whether one is there at all."""
    random = np.random.default_rng(3)
    words = random.integers(2, 12, (n, 8))
    y = random.integers(0, 2, n)
    rows = np.arange(n)
    if order:
        words[rows, 1], words[rows, 6] = np.where(y, 0, 1), np.where(y, 1, 0)
    else:
        words[rows, random.integers(0, 8, n)] = np.where(y, 0, 1)
    return words, y


def reader():
    layers = keras.layers.Embedding(12, 8), keras.layers.GlobalAveragePooling1D(name="mean")
    return compiled(*layers, hidden(), risk())


def test_an_order_that_is_pooled_away():
    (found,) = findings(reader(), *times(order=True), "order_pooled_away")
    assert (found.layer, found.cause) == ("mean", "layers")


def test_words_that_count_wherever_they_are():
    assert not findings(reader(), *times(order=False), "order_pooled_away")


def test_an_order_that_tells_half_of_the_labels():
    words, y = times(order=True, n=1024)
    there = np.isin(words, (5, 6)).sum(axis=1)
    layers = keras.layers.Embedding(12, 8), keras.layers.GlobalAveragePooling1D(name="mean"), hidden(32)
    model = compiled(*layers, keras.layers.Dense(2), loss="mse")
    both = np.stack([y, (there - there.mean()) / there.std() / 2], axis=1).astype("float32")
    (found,) = findings(model, words, both, "order_pooled_away")
    assert 0.1 < found.measured < 0.6


def test_a_pooling_that_only_learns_more_slowly():
    x = np.random.default_rng(0).normal(size=(200, 16, 2)).astype("float32").cumsum(1) / 4
    series = keras.layers.Conv1D(8, 3, activation="relu"), keras.layers.GlobalAveragePooling1D(), risk()
    model = compiled(*series, rate=0.001, shape=(16, 2))
    assert not findings(model, x, (x[:, :, 0].mean(1) > 0).astype("float32"), "order_pooled_away")


def test_mirroring_that_halves_the_classes():
    random = np.random.default_rng(4)
    side, bright = random.integers(0, 2, 600), random.integers(0, 2, 600)
    x = 0.1 * random.normal(size=(600, 1, 8, 1))
    x[np.arange(600), 0, np.where(side, 1, 6), 0] += np.where(bright, 2.0, 1.0)
    mirror, flat = keras.layers.RandomFlip("horizontal", name="mirror"), keras.layers.Flatten()
    head = keras.layers.Dense(4, activation="softmax")
    model = compiled(mirror, flat, hidden(32), head, loss="sparse_categorical_crossentropy", shape=(1, 8, 1))
    (found,) = findings(model, x.astype("float32"), 2 * side + bright, "layer_in_the_way")
    assert (found.layer, found.cause) == ("mirror", "data")
    assert 0.1 < found.measured < 0.6


def test_a_plane_where_there_is_none():
    x = np.random.default_rng(0).uniform(-1, 1, (512, 2)).astype("float32")
    y = (x[:, 0] * x[:, 1] > 0).astype("int32")
    (found,) = findings(compiled(risk(), shape=(2,)), x, y, "no_hidden_layer")
    assert found.layer == "risk"
    assert not findings(compiled(hidden(), risk(), shape=(2,)), x, y, "no_hidden_layer")


def test_a_plane_where_there_is_one():
    x, y = blobs(512)
    assert not findings(compiled(risk()), x, y, "no_hidden_layer")


def test_a_plane_where_nothing_is_to_be_learned():
    x, _ = blobs(512)
    y = np.random.default_rng(5).integers(0, 2, len(x))
    assert not findings(compiled(risk()), x, y, "no_hidden_layer")


def based(base, features=8):
    base.trainable = False
    return compiled(base, hidden(8), risk(), rate=0.01, shape=(features,))


def told_by_three(n=512):
    """Three of twenty features tell the label, and three random units see little of them."""
    x = np.random.default_rng(2).normal(size=(n, 20)).astype("float32")
    return x, (1.5 * x[:, 0] + np.abs(x[:, 7]) - x[:, 12] > 0.5).astype("int32")


def test_a_base_that_was_frozen_as_it_was_drawn():
    keras.utils.set_random_seed(0)
    base = keras.Sequential([keras.Input((20,)), hidden(12), hidden(6), hidden(3)])
    (found,) = findings(based(base, 20), *told_by_three(), "frozen_at_random")
    assert (found.cause, found.severity) == ("layers", "warning")
    assert len(found.evidence["layers"]) == 3


def test_a_base_that_was_trained():
    x, y = told_by_three()
    base = keras.Sequential([keras.Input((20,)), hidden(12), hidden(6), hidden(3)])
    whole = compiled(base, hidden(8), risk(), shape=(20,))
    whole.fit(x, y, epochs=5, verbose=0)
    assert not findings(based(base, 20), x, y, "frozen_at_random")


def test_random_features_on_purpose():
    x, y = blobs(512)
    keras.utils.set_random_seed(0)
    base = keras.Sequential([keras.Input((8,)), hidden(256)])
    assert not findings(based(base), x, y, "frozen_at_random")


def test_a_network_with_nothing_in_the_way():
    x, y = blobs(512)
    for name in ("layer_in_the_way", "order_pooled_away", "no_hidden_layer", "frozen_at_random"):
        assert not findings(classifier(), x, y, name)


def test_a_plane_that_is_learned_too_slowly_lacks_no_layer():
    x = np.random.default_rng(0).uniform(-1, 1, (200, 1)).astype("float32")
    slow = compiled(keras.layers.Dense(1, name="price"), loss="mse", rate=0.001, shape=(1,))
    assert not findings(slow, x, 3 * x + 2, "no_hidden_layer")
