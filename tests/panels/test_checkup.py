"""The Checkup panel beside a model that is compiled anew, trained and watched."""

from threading import Event, Thread

import keras
import numpy as np
import pytest

import nbdebug
from nbdebug.adapters.keras.watching.trained_now import is_training
from nbdebug.panels.view import View
from nbdebug.session import Session


def network(loss="binary_crossentropy", rate=0.01):
    keras.utils.set_random_seed(2)
    made = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(3, "relu", name="hidden"), keras.layers.Dense(1, "sigmoid", name="risk")]
    )
    made.compile(keras.optimizers.SGD(rate), loss)
    return made


X = np.random.default_rng(0).normal(size=(64, 4)).astype("float32")
Y = (X.sum(1) > 0).astype("float32")


class Gate(keras.callbacks.Callback):
    """Holds training after its third step until it is let go."""

    def __init__(self):
        super().__init__()
        self.reached, self.go = Event(), Event()

    def on_train_batch_end(self, batch, logs=None):  # noqa: ARG002 - Keras calls it so
        if batch == 2:
            self.reached.set()
            assert self.go.wait(60)


@pytest.fixture
def faulty():
    session = Session(network("categorical_crossentropy"), X, Y)
    view = View(session, opened=())
    yield session, view.panels["checkup"]
    view.close()
    session.close()


def checked(session, panel):
    panel.open()
    assert session.jobs.wait(120)
    return panel


def entries(session):
    return [(e.finding.check, e.mended) for e in session.book.faults.entries]


def test_a_report_of_a_cell_needs_no_other(faulty, monkeypatch):
    session, panel = faulty
    report = session.check(epochs=3)
    assert panel.summary.value == "1 error"
    monkeypatch.setattr(panel, "work", None)
    checked(session, panel)
    assert panel._headline.value.startswith("1 error")
    assert [e.finding for e in session.book.faults.entries] == list(report)
    assert panel.call(session.selection) == "session.check(epochs=3)"


def test_check_again_sees_a_new_compilation(faulty):
    session, panel = faulty
    checked(session, panel)
    (entry,) = session.book.faults.entries
    session._probe.model.compile("sgd", "binary_crossentropy")
    panel._check_again(entry.finding)
    assert session.jobs.wait(120)
    assert ("categorical_on_one_unit", True) in entries(session)


def test_check_again_takes_new_weights_for_all_panels(faulty):
    session, panel = faulty
    checked(session, panel)
    (entry,) = session.book.faults.entries
    model = session._probe.model
    model.compile("sgd", "binary_crossentropy")
    model.set_weights([w + 0.01 for w in model.get_weights()])
    assert session.stale(anew=True)
    panel._check_again(entry.finding)
    assert session.jobs.wait(120)
    assert not session.stale(anew=True)
    assert session.is_checked
    assert ("categorical_on_one_unit", True) in entries(session)


def train(monitored, watcher=None, hold=True):
    """Train a fresh network; returns its weights."""
    model = network()
    gate = Gate()
    if not hold:
        gate.go.set()
    session = Session(model, X, Y, name="watched") if watcher else None
    callbacks = [nbdebug.Monitor()] if monitored else []
    thread = Thread(target=lambda: model.fit(X, Y, epochs=1, batch_size=8, verbose=0, callbacks=[*callbacks, gate]))
    seen = watcher(session) if watcher else None
    thread.start()
    assert gate.reached.wait(60)
    if seen is not None:
        seen(model)
    gate.go.set()
    thread.join(60)
    assert not is_training(model)
    return model.get_weights(), session


def test_a_watched_fit_is_told_while_it_runs_and_not_disturbed():
    plain, _ = train(monitored=False)
    kept = {}

    def watcher(session):
        view = View(session, opened=("checkup",))
        panel = kept["panel"] = view.panels["checkup"]
        assert session.jobs.wait(120)
        asked = []
        session.check = lambda *given, **named: asked.append((given, named))

        def seen(model):
            assert is_training(model)
            assert session.is_training
            assert session.so_far().running
            assert panel._look()
            assert "Training: step 3" in panel._live.widget.children[0].value
            panel._check_again(None)
            assert "never runs inside of that" in panel._waits.value
            assert asked == []

        return seen

    watched, session = train(True, watcher)
    assert all(np.array_equal(a, b) for a, b in zip(plain, watched, strict=True))
    kept["panel"]._watched = True
    assert not kept["panel"]._look()
    assert "The fit has ended: step 8" in kept["panel"]._live.widget.children[0].value
    assert session.so_far().series.done
    session.close()


def test_a_checkup_stops_when_training_begins(faulty, monkeypatch):
    session, panel = faulty
    began = Event()

    def endless(*_given, pulse, **_named):
        began.set()
        while True:
            pulse()

    monkeypatch.setattr(session, "check", endless)
    panel.open()
    assert began.wait(60)
    monkeypatch.setattr(Session, "is_training", property(lambda _session: True))
    assert session.jobs.wait(60)
    assert "never runs inside your training" in panel.working._error.value


def test_a_cancelled_checkup_stops_within_a_batch_and_offers_to_go_on(faulty, monkeypatch):
    session, panel = faulty
    began, check = Event(), session.check

    def endless(*_given, pulse, **_named):
        began.set()
        while True:
            pulse()

    monkeypatch.setattr(session, "check", endless)
    panel.open()
    assert began.wait(60)
    panel.working.stop()
    assert session.jobs.wait(60)
    assert "Cancelled: checkup. There is no report yet." in panel.working._offer._said.value
    monkeypatch.setattr(session, "check", check)
    panel.working._again()
    assert session.jobs.wait(120)
    assert panel.summary.value == "1 error"


def test_copies_stop_in_the_midst_of_training():
    from nbdebug.errors import Cancelled

    pulses = []

    def pulse():
        pulses.append(1)
        if len(pulses) > 90:  # beyond the pulses between checks: copies train
            raise Cancelled

    with pytest.raises(Cancelled):
        nbdebug.check(network(), X, Y, pulse=pulse)
