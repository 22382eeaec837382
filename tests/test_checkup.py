"""A checkup without a session, of data in each form."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from nbdebug.adapters.keras.cases import make_case
from nbdebug.checkup import check
from nbdebug.errors import NbdebugError

X = np.random.default_rng(0).normal(size=(96, 4)).astype("float32") * [1, 1, 1, 5000]
Y = (X[:, 0] > 0).astype("float32")
FAMILIES = ("contract", "architecture", "data")


def faulty():
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(1, "softmax")])
    model.compile("adam", "binary_crossentropy")
    return model


def told(report):
    return [(finding.check, finding.why, finding.measured) for finding in report.findings]


@pytest.mark.parametrize("shuffled", [False, True])
def test_a_data_set_is_looked_at_as_its_arrays(shuffled):
    data = tf.data.Dataset.from_tensor_slices((X, Y))
    data = (data.shuffle(96, seed=1) if shuffled else data).batch(10)
    model = faulty()
    found = check(model, data, only=FAMILIES)
    assert {name for name, _, _ in told(found)} >= {"softmax_on_one_unit", "unscaled_inputs"}
    if not shuffled:
        assert told(found) == told(check(model, X, Y, only=FAMILIES))


def test_validation_may_be_a_data_set_too():
    inside = tf.data.Dataset.from_tensor_slices((X[:40], Y[:40])).batch(8)
    found = check(faulty(), X, Y, validation=inside, only=("train_validation_overlap",))
    assert [name for name, _, _ in told(found)] == ["train_validation_overlap"]


def test_a_data_set_without_end_is_refused():
    endless = tf.data.Dataset.from_tensor_slices((X, Y)).batch(8).repeat()
    with pytest.raises(NbdebugError, match="has no end"):
        check(faulty(), endless)


def test_what_the_units_do_is_summed_up_once_for_all_checks():
    case = make_case(faulty(), X, Y)
    assert case.statistics() is case.statistics()


@pytest.mark.parametrize("built", [True, False])
@pytest.mark.parametrize("kind", [str, object])
def test_networks_of_texts_are_looked_at(built, kind):
    texts = np.array(["a b", "b c", "c a", "a a"] * 20).astype(kind)
    words = keras.layers.TextVectorization(max_tokens=10, output_sequence_length=4)
    words.adapt(texts.astype(str))
    first = [keras.Input((), dtype="string")] if built else []
    above = [keras.layers.Embedding(10, 4), keras.layers.GlobalAveragePooling1D(), keras.layers.Dense(1, "softmax")]
    model = keras.Sequential([*first, words, *above])
    model.compile("adam", "binary_crossentropy")
    report = check(model, texts, np.arange(80) % 2, epochs=5)
    assert report.findings[0].check == "softmax_on_one_unit"
    assert [verdict for verdict in report.verdicts if verdict.kind == "broke"] == []
