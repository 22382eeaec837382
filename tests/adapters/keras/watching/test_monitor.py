"""The Monitor: what it notes against a naive account, and that training never notices it."""

import keras
import numpy as np
import pytest
from checks.dynamics.planted import blobs, classifier

from nbdebug.adapters.keras.watching.monitor import Monitor


class Naive(keras.callbacks.Callback):
    """Keeps everything."""

    def on_train_begin(self, logs=None):
        self.kernels = [self.kernel()]
        self.means = []

    def on_train_batch_end(self, batch, logs=None):
        self.kernels.append(self.kernel())
        self.means.append((batch, float(logs["loss"])))

    def kernel(self):
        return np.concatenate([np.array(w).ravel() for w in self.model.get_layer("hidden_0").trainable_weights])


def fitted(*callbacks, **arguments):
    x, y = blobs(128)
    model = classifier()
    model.fit(x, y, epochs=3, batch_size=16, verbose=0, shuffle=False, callbacks=list(callbacks), **arguments)
    return model


def test_training_is_bit_identical():
    plain, watched = fitted(), fitted(Monitor())
    assert all(np.array_equal(a, b) for a, b in zip(plain.get_weights(), watched.get_weights(), strict=True))


def test_updates_are_those_of_a_naive_account():
    monitor, naive = Monitor(), Naive()
    fitted(monitor, naive)
    curve = monitor.series.updates["hidden_0"]
    assert curve.steps.tolist() == [1, 2, 4, 8, 9, 16, 17]  # powers of two, and the first of each epoch of 8 steps
    for step, value in zip(curve.steps, curve.values, strict=True):
        before, after = naive.kernels[step - 1], naive.kernels[step]
        assert value == pytest.approx(np.abs(after - before).mean() / np.abs(before).mean(), rel=1e-5)


def test_losses_are_those_of_each_batch():
    x, y = blobs(128)
    monitor, model = Monitor(), classifier(optimizer=keras.optimizers.SGD(1e-12))  # stands still for float32
    expected = [model.evaluate(x[i : i + 16], y[i : i + 16], verbose=0) for i in range(0, 128, 16)]
    model.fit(x, y, batch_size=16, epochs=2, shuffle=False, verbose=0, callbacks=[monitor])
    assert monitor.series.loss.steps.tolist() == list(range(1, 17))
    assert monitor.series.loss.values == pytest.approx(expected * 2, rel=1e-3)


def test_several_steps_a_call_are_counted():
    x, y = blobs(128)
    monitor, model = Monitor(), classifier()
    model.compile("sgd", "binary_crossentropy", steps_per_execution=4)
    model.fit(x, y, batch_size=16, epochs=2, verbose=0, callbacks=[monitor])
    assert monitor.series.n_steps == 16


def test_what_keras_logs_an_epoch_is_kept():
    monitor = Monitor()
    x, y = blobs(64)
    fitted(monitor, validation_data=(x, y))
    assert set(monitor.series.epochs) == {"loss", "val_loss"}
    assert all(len(values) == 3 for values in monitor.series.epochs.values())
    assert monitor.series.done


def test_the_first_step_that_is_not_finite():
    x, _ = blobs(128)
    monitor = Monitor()
    model = classifier(loss="mse")
    y = np.where(np.arange(128) == 40, np.nan, 1.0)
    model.fit(x, y, batch_size=16, verbose=0, shuffle=False, callbacks=[monitor])
    assert monitor.series.first_not_finite == 3


def test_a_second_fit_starts_anew():
    monitor = Monitor()
    fitted(monitor)
    fitted(monitor)
    assert monitor.series.n_steps == 24
