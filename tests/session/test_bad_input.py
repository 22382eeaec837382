"""What cannot be used is refused in three parts, before any work."""

import keras
import numpy as np
import pandas as pd
import pytest

from nbdebug.errors import ModelError, NbdebugError
from nbdebug.session import Session

N = 6
X = np.random.default_rng(0).normal(size=(N, 5)).astype(np.float32)
Y = np.arange(N) % 2


@pytest.fixture(scope="module")
def model():
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.Input((5,)), keras.layers.Dense(3, name="hidden"), keras.layers.Dense(1, "sigmoid")]
    )
    model.compile("adam", "binary_crossentropy")
    return model


@pytest.fixture(scope="module")
def session(model):
    return Session(model, X, Y, metadata=pd.DataFrame({"age": range(N)}))


NOT_FINITE = X.copy()
NOT_FINITE[2, 3] = np.nan


@pytest.mark.parametrize(
    ("x", "y", "more", "what", "got", "fix"),
    [
        (X, Y[:4], {}, "differ in length", "6 examples in x, 4 labels", "in the order of x"),
        (X[:, :4], Y, {}, "shape", "(6, 4)", "x"),
        (X[:0], Y[:0], {}, "empty", "(0, 5)", "at least one"),
        (X, Y, {"metadata": pd.DataFrame({"a": [1]})}, "metadata", "1 rows for 6", "one row"),
        (X, np.full(N, np.nan), {}, "missing", "6 labels", "leave y out"),
        (X, Y * 2.0, {}, "outside the range", "2 in 3 places, first at example 1", "0 to 1"),
        (X, Y - 1, {}, "outside the range", "-1", "missing=-1"),
        (X, np.array(list("ababab")), {}, "text", "'a'", "return_inverse"),
        (np.array([list("abcde")] * N), Y, {}, "text", "'a'", "numbers of tokens"),
        (np.array([[b"a film"]] * N, object), Y, {}, "text", "a film", "the layer that reads the text"),
        (None, Y, {}, "x is not an array", "None", "numpy"),
        ({}, Y, {}, "empty dict", "{}", "one array"),
        (X, Y, {"sample_weight": [1, 2]}, "sample_weight", "(2,)", "(6,)"),
        (X, Y, {"outputs": ["a", "b"]}, "outputs", "2 names", "1"),
        (X, Y, {"classes": ["a", "b", "c"]}, "classes", "3 names", "2 names"),
        (X, Y, {"channels": ["a"]}, "channels", "1 names", "5 names"),
        (X, Y, {"time_step": "often"}, "time_step", "'often'", "1min"),
        (X, Y, {"batch_size": 0}, "batch_size", "0", "1"),
        (X, Y, {"validation": X}, "validation", "ndarray", "(x, y)"),
        (X, Y, {"validation": (X, Y[:2])}, "differ in length", "2 labels", "order"),
    ],
)
def test_data_that_does_not_fit(model, x, y, more, what, got, fix):
    with pytest.raises(NbdebugError) as error:
        Session(model, x, y, **more)
    assert what in error.value.what
    assert got in error.value.got
    assert fix in error.value.fix
    assert str(error.value) == f"{error.value.what}\nGot: {error.value.got}\nTry: {error.value.fix}"


@pytest.mark.parametrize(
    "bad", [{"y": Y[:4]}, {"metadata": pd.DataFrame({"a": [1]})}, {"sample_weight": [1]}, {"time_step": "often"}]
)
def test_lengths_and_words_are_checked_before_the_model_runs(bad):
    ran = []

    class Watched(keras.Model):
        def __init__(self):
            super().__init__()
            self.out = keras.layers.Dense(1, "sigmoid")

        def call(self, x):
            ran.append(1)
            return self.out(x)

    model = Watched()
    model(X[:2])
    ran.clear()
    with pytest.raises(NbdebugError):
        Session(model, X, bad.pop("y", Y), **bad)
    assert ran == []


def test_an_unbuilt_model():
    with pytest.raises(NbdebugError, match="not built"):
        Session(keras.Sequential([keras.layers.Dense(1)]), X, Y)


def test_no_model_at_all():
    with pytest.raises(NbdebugError) as error:
        Session("model.keras", X, Y)
    assert error.value.got == "str"


def test_a_model_whose_call_raises_shows_its_own_error_and_the_layer():
    class Fails(keras.layers.Layer):
        def call(self, x):
            if not hasattr(self, "first"):
                self.first = False
                return x
            raise ValueError("the sky is falling")

    model = keras.Sequential([keras.Input((5,)), Fails(name="chicken"), keras.layers.Dense(1)])
    with pytest.raises(ModelError) as error:
        Session(model, X, Y)
    assert "the sky is falling" in error.value.got
    assert "chicken" in error.value.what


@pytest.mark.parametrize(
    ("call", "got", "fix"),
    [
        (lambda s: s.activations("hiden"), "'hiden'", "did you mean 'hidden'"),
        (lambda s: s.activations("hidden", 6), "6", "0 to 5"),
        (lambda s: s.activations("hidden", -1), "-1", "0 to 5"),
        (lambda s: s.mean_activations("nothing"), "'nothing'", "'hidden'"),
        (lambda s: s.unit_statistics(["hidden", "hiden"]), "'hiden'", "'hidden'"),
        (lambda s: s.predictions("apnea"), "'apnea'", "dense"),
        (lambda s: s.worst("false_negativ"), "'false_negativ'", "false_negative"),
        (lambda s: s.metrics(where="aeg > 3"), "'aeg'", "'age'"),
        (lambda s: s.sensitivity(layer="hidden"), "None", "unit=0 to unit=2"),
        (lambda s: s.sensitivity(layer="hidden", unit=3), "3", "unit=0 to unit=2"),
        (lambda s: s.sensitivity(layer="hidden", unit=1, at=2), "at=2", "leave `at` out"),
        (lambda s: s.sensitivity(at=2), "at=2", "leave `at` out"),
        (lambda s: s.sensitivity(unit=0), "unit=0", "layer"),
        (lambda s: s.sensitivity("dense_1", layer="hidden", unit=0), "output='dense_1'", "an output, or a layer"),
        (lambda s: s.select(layer="hiden"), "'hiden'", "'hidden'"),
        (lambda s: s.select(example=99), "99", "0 to 5"),
        (lambda s: s.select(output="x", example=1), "'x'", "dense"),
        (lambda s: s.example_input(6), "6", "0 to 5"),
        (lambda s: s.call_text("activation"), "'activation'", "'activations'"),
        (lambda s: s.show(), "by hand", "nbdebug.debug"),
    ],
)
def test_what_does_not_exist_lists_what_does(session, call, got, fix):
    before = session.selection
    with pytest.raises(NbdebugError) as error:
        call(session)
    assert got in error.value.got
    assert fix in error.value.fix
    assert session.selection == before


def test_nan_in_x_is_told_and_the_session_usable(model):
    session = Session(model, NOT_FINITE, Y, channels=list("abcde"))
    assert "x holds 1 NaN in 1 of 6 examples, first at example 2, channel 'd'." in session.notes
    assert session.predictions()["prediction"].isna().tolist() == [i == 2 for i in range(N)]
    assert session.metrics().set_index("metric").loc["accuracy", "n"] == 5


def test_more_than_fits_is_refused_with_a_smaller_ask(session, monkeypatch):
    monkeypatch.setattr("nbdebug.adapters.traces.LARGEST_RESULT", 40)
    with pytest.raises(NbdebugError) as error:
        session.activations("hidden", [0, 1, 2, 3])
    assert "4 examples" in error.value.got
    assert "at most 3 examples" in error.value.fix


def test_an_example_that_alone_would_not_fit_is_refused(model, monkeypatch):
    monkeypatch.setattr("nbdebug.adapters.opening.available_bytes", lambda: 10)
    with pytest.raises(NbdebugError) as error:
        Session(model, X, Y)
    assert "10 bytes free" in error.value.got


def test_several_outputs_must_be_told_apart():
    inputs = keras.Input((5,))
    model = keras.Model(inputs, [keras.layers.Dense(1, name="a")(inputs), keras.layers.Dense(1, name="b")(inputs)])
    session = Session(model, X)
    with pytest.raises(NbdebugError) as error:
        session.predictions()
    assert "'a', 'b'" in error.value.fix
