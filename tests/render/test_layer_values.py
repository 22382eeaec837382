"""How activations of every shape are laid out."""

import numpy as np
import pytest

from nbdebug.records import Activations, Grid, Layer
from nbdebug.render.layer_values import laid_out


def activations(values, *, time=None, unit=None, span=None, mask=None):
    grid = None if span is None else Grid(values.shape[time], 28, (span - 1) / 2, span)
    layer = Layer("l", "l", "L", None, (None, *values.shape[1:]), 0, True, time, grid, unit)
    return Activations(layer, tuple(range(len(values))), values, mask, False, "f")


def test_time_comes_first_and_units_last():
    values = np.random.default_rng(0).normal(size=(2, 5, 7)).astype(np.float32)
    made = laid_out(activations(values, time=1, unit=2, span=4))
    assert (made.kind, made.n_units, made.grid.span) == ("time", 7, 4)
    assert np.array_equal(made.values, values[0])
    turned = laid_out(activations(values, time=2, unit=1, span=1))
    assert np.array_equal(turned.values, values[0].T)
    assert turned.n_units == 5


def test_other_axes_stand_beside_the_units():
    values = np.random.default_rng(0).normal(size=(1, 5, 2, 3, 4)).astype(np.float32)
    made = laid_out(activations(values, time=1, unit=4, span=1))
    assert made.values.shape == (5, 24)
    assert made.n_units == 4
    assert np.array_equal(made.values[:, 4 * 5 + 1], values[0, :, 1, 2, 1])
    assert "2 × 3 × 4" in made.note


@pytest.mark.parametrize(
    ("shape", "unit", "kind"),
    [((1, 6), 1, "units"), ((1, 6, 2), 2, "positions"), ((1, 4, 5, 3), 3, "maps"), ((1, 2, 4, 5, 3), 4, "maps")],
)
def test_without_time_the_rank_decides(shape, unit, kind):
    values = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    made = laid_out(activations(values, unit=unit))
    assert made.kind == kind
    assert made.values.shape[-1] == shape[unit]
    assert np.abs(made.values).max() == np.abs(values).max()


def test_a_layer_without_units_is_one():
    values = np.arange(6, dtype=np.float32).reshape(1, 6)
    made = laid_out(activations(values, time=1, span=1))
    assert made.values.tolist() == [[0], [1], [2], [3], [4], [5]]
    assert made.n_units == 1


def test_channels_first_maps_are_turned():
    values = np.random.default_rng(0).normal(size=(1, 3, 4, 5)).astype(np.float32)
    made = laid_out(activations(values, unit=1))
    assert np.array_equal(made.values[..., 2], values[0, 2])


def test_a_mask_that_hides_nothing_is_none():
    values = np.zeros((1, 3, 2), np.float32)
    assert laid_out(activations(values, time=1, unit=2, mask=np.ones((1, 3), bool))).mask is None
    hidden = np.array([[True, True, False]])
    assert laid_out(activations(values, time=1, unit=2, mask=hidden)).mask.tolist() == [True, True, False]
