"""The script that makes the shipped models plants the faults by the settings it names."""

import numpy as np
import pytest

from nbdebug.demo import deepheart
from nbdebug.demo.examine import dead_units, reach


@pytest.fixture(scope="module")
def data():
    return deepheart(32, steps=512, seed=4)


@pytest.mark.parametrize(("rate", "dies"), [(1.0, True), (0.001, False)])
def test_one_large_step_kills_conv_2(data, rate, dies):
    import keras

    from nbdebug.demo.network import build
    from nbdebug.demo.train import PIECES, warm_up

    keras.utils.set_random_seed(0)
    model = build(forget_bias=0.0, steps=512 // PIECES)
    before = model.get_layer("conv_3").get_weights()[0]
    warm_up(model, data, rate)
    whole = build(forget_bias=0.0, steps=512)
    whole.set_weights(model.get_weights())
    dead, n = dead_units(whole, data)["conv_2"]
    assert (dead == n) == dies
    np.testing.assert_array_equal(model.get_layer("conv_3").get_weights()[0], before)
    assert all(layer.trainable for layer in model.layers)


def test_a_trained_model_is_compiled_and_the_same_each_time(data):
    from nbdebug.demo.train import Recipe, train

    recipe = Recipe(forget_bias=1.0, warm_up_rate=0.001, learning_rate=0.001, epochs=1, whole_epochs=1)
    first, second = train(recipe, data), train(recipe, data)
    assert first.optimizer.built
    assert int(first.optimizer.iterations) == 0
    for one, other in zip(first.get_weights(), second.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
        assert np.isfinite(one).all()


def test_reach_is_the_width_of_the_window_that_holds_the_share():
    by_time = np.zeros(101)
    by_time[[40, 50, 60]] = [1.0, 8.0, 1.0]
    assert reach(by_time, 50, share=0.8) == 1
    assert reach(by_time, 50, share=0.81) == 21
    with pytest.raises(ValueError, match="not finite"):
        reach(np.full(5, np.nan), 2)
