"""Warm-ups longer than the fit, and schedules that only look like one."""

import keras
import numpy as np
import pytest
from keras.optimizers import schedules

from nbdebug.adapters.keras.compiling.schedules import peak_of
from nbdebug.checkup import check

X = np.random.default_rng(0).normal(size=(160, 4)).astype("float32")


def cosine(warm, long=100):
    return schedules.CosineDecay(0.0, long, warmup_target=0.01, warmup_steps=warm)


def findings(rate, epochs=10):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, "tanh"), keras.layers.Dense(1)])
    model.compile(keras.optimizers.Adam(rate), "mse")
    return check(model, X, X[:, 0], only=["warm_up_outlasts_fit"], epochs=epochs, batch_size=16).findings


def test_a_warm_up_of_twenty_fits():
    (found,) = findings(cosine(2000))
    assert (found.severity, found.cause) == ("warning", "learning_rate")
    assert found.measured == pytest.approx(99 / 2000, rel=0.01)  # the peak is found on a grid


@pytest.mark.parametrize(
    "rate",
    [
        0.01,
        cosine(20),
        cosine(300),
        schedules.ExponentialDecay(0.01, 20, 0.9),
        schedules.ExponentialDecay(1e-6, 10, 2.0),  # a search for the best rate rises without end
        schedules.PiecewiseConstantDecay([50], [0.01, 0.001]),
    ],
)
def test_schedules_that_get_there(rate):
    assert findings(rate) == ()


def test_one_epoch_of_a_loop():
    assert findings(cosine(50, 1000), epochs=1) == ()


def test_the_peak_is_the_highest_rate_of_all():
    assert peak_of(keras.optimizers.Adam(cosine(5000, 100)), 100) == pytest.approx(0.01, rel=0.05)
    assert peak_of(keras.optimizers.Adam(0.01), 100) is None
    assert peak_of(keras.optimizers.Adam(schedules.ExponentialDecay(1e-6, 10, 2.0)), 100) is None
