"""Fits are heard and looked at, and train as they would without."""

import json
import os
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from zoo.fed import Items, N, X, Y, drawn, net, shuffled, subclassed

from nbdebug.adapters.keras.copying.apart import apart
from nbdebug.adapters.keras.watching.peeking import peek
from nbdebug.adapters.keras.watching.peeking_batches import Unseen
from nbdebug.adapters.keras.watching.preflight import Preflight
from nbdebug.adapters.keras.watching.watch import watch

WORDS = tf.lookup.StaticHashTable(
    tf.lookup.KeyValueTensorInitializer(["0", "1"], tf.constant([[5.0], [6.0]])[:, 0]), 0.0
)


class Ear:
    """Notes what a `Listener` is told."""

    def __init__(self):
        self.heard, self.n_steps, self.is_deaf = [], 0, False

    def deaf(self):
        return self.is_deaf

    def begins(self, fit):
        self.heard.append(("begins", fit.model, sorted(fit.arguments)))

    def ends(self, fit, error):
        self.heard.append(("ends", fit.model, type(error).__name__ if error else None))

    def steps(self):
        self.n_steps += 1


@pytest.fixture
def ear():
    found = Ear()
    undo = watch(found)
    yield found
    undo()


def test_it_ends_without_a_trace():
    before = dict(vars(keras.Model))
    watch(Ear())()
    assert dict(vars(keras.Model)) == before


def test_a_fit_is_heard_once_with_its_arguments_by_name(ear):
    model = net()
    model.fit(X, Y, 20, verbose=0)
    assert ear.heard == [("begins", model, ["batch_size", "verbose", "x", "y"]), ("ends", model, None)]


def test_an_override_and_a_fit_inside_a_fit_are_one(ear):
    inner = net()

    class Outer(keras.Sequential):
        def fit(self, *args, **kwargs):
            return super().fit(*args, **kwargs)

    class Nested(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            inner.fit(X, Y, verbose=0)

    model = Outer([keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    model.fit(X, Y, verbose=0, callbacks=[Nested()])
    assert [heard[:2] for heard in ear.heard] == [("begins", model), ("ends", model)]


def test_the_training_of_copies_is_not_heard(ear):
    copies = net(), net()
    apart(lambda: (copies[0].fit(X, Y, verbose=0), copies[1].train_on_batch(X, Y)))
    assert (ear.heard, ear.n_steps) == ([], 0)
    net().fit(X, Y, verbose=0)
    assert len(ear.heard) == 2


def test_an_error_is_heard_and_comes_through(ear):
    with pytest.raises(ValueError, match="cardinality"):
        net().fit(X, Y[:3], verbose=0)
    assert ear.heard[-1][2] == "ValueError"
    with pytest.raises(TypeError, match="nb_epoch"):
        net().fit(X, Y, nb_epoch=3)
    assert ear.heard[-1][2] == "TypeError"


def test_training_by_batch_is_one_fit_a_model(ear):
    model, other = net(), net()
    for _ in range(3):
        model.train_on_batch(X, Y)
        other.train_on_batch(X, Y)
    assert [heard[:2] for heard in ear.heard] == [
        ("begins", model), ("ends", model), ("begins", other), ("ends", other),
    ]  # fmt: skip
    assert ear.n_steps == 6


def test_the_deaf_hear_nothing(ear):
    ear.is_deaf = True
    net().fit(X, Y, verbose=0)
    assert not ear.heard


def reports(work, confirm=False, **listener):
    """The last state of the report of each fit."""
    found = {}
    undo = watch(Preflight(lambda fit: found.update({fit.number: fit}), confirm=confirm, **listener))
    try:
        work()
    finally:
        undo()
    return [found[number] for number in sorted(found)]


def test_what_is_handed_over_is_not_changed():
    mine = [keras.callbacks.LambdaCallback()]
    several = keras.callbacks.CallbackList(mine, add_history=True, model=net(keras.Input((6,))))
    kept = list(several.callbacks)
    reports(lambda: net().fit(X, Y, verbose=0, callbacks=mine))
    assert len(mine) == 1
    reports(lambda: several.model.fit(X, Y, verbose=0, callbacks=several))
    assert several.callbacks == kept


def test_a_broken_watcher_does_not_end_training(monkeypatch):
    monkeypatch.setattr("nbdebug.adapters.keras.watching.preflight.make_case", lambda *_args, **_more: 1 / 0)
    monkeypatch.setattr("nbdebug.adapters.keras.watching.monitor.Monitor.on_train_batch_begin", lambda *_args: 1 / 0)
    (fit,) = reports(lambda: net().fit(X, Y, verbose=0))
    assert "ZeroDivisionError" in fit.report.verdicts[0].why


@pytest.fixture(scope="module")
def differences():
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("fits_run.py"))],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, Path(__file__).parents[3:5]))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_training_is_bit_identical(differences):
    assert len(differences) > 10
    assert {name: differs for name, differs in differences.items() if differs} == {}


def test_copies_are_trained_after_a_fit_where_that_is_wanted():
    fits = reports(lambda: net(keras.Input((6,))).fit(X, Y, epochs=3, verbose=0), confirm=True)
    verdicts = {verdict.check: verdict for verdict in fits[0].report.verdicts}
    assert verdicts["learning_rate_too_high"].kind in ("clear", "found")
    assert verdicts["weights_stand_still"].kind in ("clear", "found")
    fits = reports(lambda: net(keras.Input((6,))).fit(X, Y, epochs=3, verbose=0))
    verdicts = {verdict.check: verdict for verdict in fits[0].report.verdicts}
    assert "%nbdebug check" in verdicts["learning_rate_too_high"].why
    assert verdicts["weights_stand_still"].kind in ("clear", "found")


def one_softmax(*first):
    model = keras.Sequential([*first, keras.layers.Dense(1, activation="softmax")])
    model.compile("adam", "binary_crossentropy")
    return model


@pytest.mark.parametrize(
    "data", [(X, Y), (shuffled(),), (Items(),), (drawn(),)], ids=["arrays", "data set", "items", "generator"]
)
@pytest.mark.parametrize("first", [(), (keras.Input((6,)),)], ids=["not built", "built"])
def test_a_fault_is_found_in_any_kind_of_data(data, first):
    steps = {"steps_per_epoch": 3} if len(data) == 1 and not hasattr(data[0], "__len__") else {}
    (fit,) = reports(lambda: one_softmax(*first).fit(*data, verbose=0, **steps))
    assert fit.report.findings[0].check == "softmax_on_one_unit"


def test_a_subclassed_model_is_looked_at_after_its_first_step():
    (fit,) = reports(lambda: subclassed().fit(X, Y, verbose=0))
    assert "first step" in fit.notes[0]
    assert fit.report.count("clear") > 10


def test_the_same_fit_again_is_not_looked_at_again():
    model = net()
    fits = reports(lambda: [model.fit(X, Y, verbose=0) for _ in range(3)])
    assert len(fits) == 3
    assert "fit 1" in fits[2].notes[-1]


def test_what_training_raises_is_explained_in_its_report():
    model = net(keras.Input((6,)))
    with pytest.raises(ValueError):
        model.fit(X[:, :4], Y, verbose=0)
    caught = []

    def work():
        try:
            model.fit(X[:, :4], Y, verbose=0)
        except ValueError as error:
            caught.append(error)

    (fit,) = reports(work)
    assert fit.report.findings[0].cause == "shape"
    assert fit.report.findings[0].check == "raised"


def test_a_check_that_knows_better_takes_the_error_as_its_symptom():
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(3, activation="softmax")])
    model.compile("adam", "categorical_crossentropy")
    found, raised = {}, []
    preflight = Preflight(lambda fit: found.update({fit.number: fit}))
    undo = watch(preflight)
    try:
        model.fit(X, np.arange(N) % 3, verbose=0)
    except ValueError as error:
        raised.append(error)
    finally:
        undo()
    first = found[0].report.findings[0]
    assert first.check == "integer_labels_for_categorical"
    assert [symptom.check for symptom in first.symptoms][-1] == "raised"
    assert preflight.raised(raised[0]).why == first.why


def test_training_stops_at_a_step():
    class Enough(BaseException):
        pass

    steps = []

    def stop():
        steps.append(1)
        if len(steps) > 4:
            raise Enough

    found = {}
    undo = watch(Preflight(lambda fit: found.update({fit.number: fit}), stop=stop))
    try:
        with pytest.raises(Enough):
            net().fit(X, Y, batch_size=10, epochs=50, verbose=0)
    finally:
        undo()
    assert len(steps) == 5
    assert found[0].report is not None


def test_a_look_takes_nothing():
    items = Items()
    state = items.rng.bit_generator.state
    sight = peek({"x": items})
    assert items.rng.bit_generator.state == state
    assert items.asked == 0
    assert (len(sight.x), sight.part) == (N, "")


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.shuffle(N).batch(10),
        lambda data: data.batch(10).cache(),
        lambda data: data.shuffle(N).cache().batch(10),
        lambda data: data.map(lambda _, y: (WORDS.lookup(tf.strings.as_string(y)), y)).shuffle(N).batch(10),
        lambda data: data.shuffle(N, seed=4).repeat(2).batch(10).prefetch(2),
    ],
    ids=["shuffled", "cached", "shuffled, cached", "looked up", "repeated"],
)
def test_a_look_at_a_data_set_moves_no_order(change):
    orders = []
    for looked_at in (False, True):
        tf.random.set_seed(1)
        data = change(tf.data.Dataset.from_tensor_slices((X, Y)))
        if looked_at:
            assert len(peek({"x": data}).x) in (N, 2 * N)
        orders.append([np.concatenate([x for x, _ in data]).tolist() for _ in range(3)])
    assert orders[0] == orders[1]


def test_a_look_at_large_arrays_costs_little_more_than_copying_them():
    x = np.zeros((20_000, 300), "float32")
    sight = peek({"x": tf.data.Dataset.from_tensor_slices((x, x[:, 0])).batch(100)})
    assert sight.x.shape[1:] == (300,)


def test_a_long_data_set_is_looked_at_in_places():
    data = tf.data.Dataset.range(1000).map(lambda i: (tf.cast([i], "float32"), i)).batch(2)
    sight = peek({"x": data})
    assert len(sight.x) <= 32
    assert sight.y[-1] > 500
    assert "examples of" in sight.part
    assert sight.fit["steps_per_epoch"] == 500
    assert len(peek({"x": data.repeat()}).x)


def test_what_cannot_be_seen_without_using_it_up_is_not_looked_at():
    calls = []

    def python():
        for row in X:
            calls.append(1)
            yield row, 1

    spec = (tf.TensorSpec((6,), "float32"), tf.TensorSpec((), "int32"))
    with pytest.raises(Unseen, match="Python"):
        peek({"x": tf.data.Dataset.from_generator(python, output_signature=spec).batch(4)})
    assert not calls
    with pytest.raises(Unseen, match="using it up"):
        peek({"x": iter([1, 2])})


def test_a_cache_on_disk_is_left_alone(tmp_path):
    data = tf.data.Dataset.from_tensor_slices((X, Y)).batch(4)
    with pytest.raises(Unseen, match="disk"):
        peek({"x": data.cache(str(tmp_path / "cache"))})
    assert not list(tmp_path.iterdir())
    assert len(peek({"x": data.cache()}).x) == N


def test_what_a_generator_raises_is_raised_by_fit():
    def broken():
        raise OSError("no such image")
        yield

    with pytest.raises(OSError, match="no such image"):
        reports(lambda: net().fit(broken(), steps_per_epoch=1, verbose=0))
