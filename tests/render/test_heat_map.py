"""The heat map: which pixel shows which unit and time, and what a click hands over."""

import numpy as np
import pytest
from render.pngs import decode
from render.seen import seen

from nbdebug.records import Grid
from nbdebug.records.time_axis import TimeAxis
from nbdebug.render.colours import LEVELS, palette
from nbdebug.render.heat_map import HeatMap


def drawn(heat: HeatMap) -> np.ndarray:
    return decode(bytes(heat.mark.mark.image.value))


def test_units_stand_from_bottom_to_top_in_the_order_given():
    values = np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]], np.float32)
    heat = HeatMap(TimeAxis(2))
    heat.show(values, np.array([2, 0, 1]))
    top = [palette(False)[round(v / 3 * (LEVELS - 1))].tolist() for v in (2, 1, 3)]
    assert drawn(heat)[:, 0].tolist() == top


@pytest.mark.parametrize(("span", "n"), [(1, 16), (4, 4), (5, 3)])
def test_a_position_is_drawn_over_the_times_it_covers(span, n):
    heat = HeatMap(TimeAxis(16, 2.0, "s"))
    heat.show(np.ones((n, 1), np.float32), np.arange(1), grid=Grid(n, n * span, (span - 1) / 2, span))
    assert heat.mark.mark.x.tolist() == [-1.0, 2.0 * n * span - 1.0]


@pytest.mark.parametrize(("first", "n", "ends"), [(4, 8, [3.5, 11.5]), (-3, 22, [-3.5, 18.5])])
def test_what_does_not_pad_leaves_the_ends_blank_and_padding_lies_outside(first, n, ends):
    heat = HeatMap(TimeAxis(16))
    heat.show(np.ones((n, 1), np.float32), np.arange(1), grid=Grid(n, 16, first))
    assert heat.mark.mark.x.tolist() == ends


def test_a_click_is_a_time_and_a_unit():
    heat, told = HeatMap(TimeAxis(100)), []
    heat.show(np.ones((100, 3), np.float32), np.array([2, 0, 1]))
    heat.on_pick(lambda time, unit: told.append((time, unit)))
    for x, y in ((41.6, 0.2), (0.0, 2.4), (300.0, -3.0)):
        content = {"event": "element_click", "data": {"click_x": x, "click_y": y}}
        heat.mark.mark._handle_custom_msgs(None, content)
    assert told == [(42, 2), (0, 1), (99, 2)]


def test_the_line_stands_at_the_unit_and_goes_where_it_is_not_drawn():
    heat = HeatMap(TimeAxis(4))
    heat.show(np.ones((4, 5), np.float32), np.array([4, 2]))
    heat.show_unit(2)
    assert heat.figure.marks[1].y.tolist() == [1, 1]
    heat.show_unit(3)
    assert heat.figure.marks[1].y.max() < -0.5
    heat.show_unit(None)
    assert heat.figure.marks[1].y.max() < -0.5


def test_each_picture_replaces_and_closes_the_one_before():
    heat = HeatMap(TimeAxis(4))
    before = heat.mark.mark.image
    heat.show(np.ones((4, 1), np.float32), np.arange(1))
    assert before.comm is None
    assert heat.mark.mark.image is not before


def test_the_legend_names_ends_masked_and_not_finite():
    heat = HeatMap(TimeAxis(3))
    values = np.array([[np.nan], [-2.0], [1.0]], np.float32)
    heat.show(values, np.arange(1), masked=np.array([False, False, True]))
    texts = [child.value for child in seen(heat.legend.widget) if isinstance(child.value, str)]
    assert texts == ["-2", "2", "masked", "1 not finite"]
