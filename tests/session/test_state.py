"""One state of the weights, one user's data, one life."""

import gc
import weakref
from threading import Thread

import keras
import numpy as np
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.session import Session

N = 20


def opened(host=None):
    keras.utils.set_random_seed(3)
    inputs = keras.Input((32, 2), name="heart")
    h = keras.layers.Conv1D(4, 3, padding="same", activation="relu", name="conv")(inputs)
    h = keras.layers.MaxPooling1D(4, name="pool")(h)
    h = keras.layers.Flatten()(h)
    model = keras.Model(inputs, keras.layers.Dense(2, "sigmoid", name="risk")(h), name="heart")
    model.compile("adam", "binary_crossentropy")
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(N, 32, 2)).astype(np.float32), (rng.random((N, 2)) < 0.5).astype(float)
    y[3, 1] = np.nan
    return Session(model, x, y, outputs=["apnea", "diabetes"], host=host, batch_size=8), model, x, y


def train(model, x, y):
    model.fit(x, np.nan_to_num(y), batch_size=8, epochs=1, verbose=0)


def test_after_training_calls_speak_of_the_present_and_views_are_told(monkeypatch):
    monkeypatch.setattr("nbdebug.adapters.snapshot._GLANCE", 0)
    session, model, x, y = opened()
    before = session.predictions("apnea")
    statistics = session.unit_statistics()["conv"]
    assert session.stale() == ""
    train(model, x, y)
    assert session.stale() == "weights changed since (step 0 -> 3)"
    assert not np.array_equal(session.predictions("apnea")["prediction"], before["prediction"])
    np.testing.assert_allclose(session.predictions("apnea")["prediction"], model(x).numpy()[:, 0], rtol=1e-5)
    assert session.unit_statistics()["conv"].fingerprint != statistics.fingerprint
    assert session.stale() != ""
    session.refresh()
    assert session.stale() == ""


def test_a_fit_during_a_computation_is_not_mixed_in():
    session, model, x, y = opened()
    session.mean_activations("pool")

    def train_once(done, _total):
        if done == 8:
            fit = Thread(target=train, args=(model, x, y))
            fit.start()
            fit.join()

    with pytest.raises(NbdebugError, match="changed while"):
        session.mean_activations("conv", progress=train_once)
    assert session.mean_activations("conv").values.shape == (1, 32, 4)


def test_an_interrupt_leaves_it_usable():
    session, model, x, _ = opened()

    def interrupt(_done, _total):
        raise KeyboardInterrupt

    for call in (session.mean_activations, session.activations):
        with pytest.raises(KeyboardInterrupt):
            call("conv", progress=interrupt)
    with pytest.raises(KeyboardInterrupt):
        session.unit_statistics(progress=interrupt)
    with pytest.raises(KeyboardInterrupt):
        session.predictions("apnea", progress=interrupt)
    np.testing.assert_allclose(session.predictions("apnea")["prediction"], model(x).numpy()[:, 0], rtol=1e-5)


class Host:
    def __init__(self):
        self.calls = []

    def show(self, session):
        self.calls.append(("show", session.name))

    def close(self, session):
        self.calls.append(("close", session.name))


def test_the_host_shows_it_and_hears_of_its_end_once():
    host = Host()
    session, *_ = opened(host)
    session.show()
    session.close()
    session.close()
    assert host.calls == [("show", "heart"), ("close", "heart")]


def test_closing_frees_model_data_and_results():
    session, model, x, y = opened()
    kept = session.activations("conv", 3)
    session.unit_statistics()
    session.sensitivity("apnea", examples=0)
    refs = [weakref.ref(o) for o in (model, x, y, session._probe, kept.values)]
    session.close()
    del model, x, y, kept
    gc.collect()
    assert [ref() is None for ref in refs] == [True] * 5


@pytest.mark.parametrize(
    "call",
    [
        lambda s: s.activations("conv"),
        lambda s: s.mean_activations("conv"),
        lambda s: s.unit_statistics(),
        lambda s: s.sensitivity("apnea"),
        lambda s: s.predictions("apnea"),
        lambda s: s.predictions_over_time("apnea", 0),
        lambda s: s.worst(output="apnea"),
        lambda s: s.metrics("apnea"),
        lambda s: s.example_input(0),
        lambda s: s.example_name(0),
        lambda s: s.label(0, "apnea"),
        lambda s: s.select(example=1),
        lambda s: s.refresh(),
        lambda s: s.show(),
        lambda s: s.notes,
    ],
)
def test_a_closed_session_says_so(closed, call):
    with pytest.raises(NbdebugError, match="This session is closed"):
        call(closed)


@pytest.fixture(scope="module")
def closed():
    session, *_ = opened()
    session.close()
    assert "closed" in repr(session)
    assert session.stale() == ""
    return session


def test_the_users_arrays_are_neither_copied_nor_changed():
    session, _, x, y = opened()
    was_x, was_y = x.copy(), y.copy()
    assert session.example_input(0)["heart"].base is x
    session.predictions("diabetes")
    session.unit_statistics()
    session.sensitivity("apnea")
    np.testing.assert_array_equal(x, was_x)
    np.testing.assert_array_equal(y, was_y)
    assert x.flags.writeable
    assert y.flags.writeable
