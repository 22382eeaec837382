"""The mosaic of maps."""

import numpy as np
import pytest

from nbdebug.render.maps import Maps, mosaic


@pytest.mark.parametrize(("rows", "columns", "n"), [(3, 5, 1), (3, 5, 7), (1, 1, 10), (20, 4, 12), (700, 30, 2)])
def test_each_map_stands_in_its_own_cell(rows, columns, n):
    maps = np.random.default_rng(0).normal(size=(rows, columns, n)).astype(np.float32)
    made = mosaic(maps)
    for unit in range(n):
        top = unit // made.columns * made.cell[0]
        left = unit % made.columns * made.cell[1]
        cell = made.values[top : top + made.cell[0] - 1, left : left + made.cell[1] - 1]
        if rows < 600:
            assert np.array_equal(cell, maps[..., unit])
        assert np.abs(cell).max() == np.abs(maps[..., unit]).max()
        assert made.slot(top + 0.5, left + 0.5) == unit
    assert (~made.gap).sum() == n * (made.cell[0] - 1) * (made.cell[1] - 1)
    assert not made.gap[-1].all()
    assert not made.gap[:, -1].all()
    assert made.values[made.gap].tolist() == [0] * int(made.gap.sum())


def test_a_click_names_the_unit_of_the_map():
    maps, told = Maps(), []
    maps.show(np.ones((4, 4, 4), np.float32), np.array([3, 1, 0, 2]))
    maps.on_pick(told.append)
    height = maps._y.max
    for x, y in ((1, height - 1), (7, height - 1), (1, 1)):
        maps._mark.mark._handle_custom_msgs(None, {"event": "element_click", "data": {"click_x": x, "click_y": y}})
    assert told == [3, 1, 0]
