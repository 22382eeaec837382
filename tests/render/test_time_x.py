"""The time axis of a figure."""

import numpy as np
import pytest

from nbdebug.records.time_axis import TimeAxis
from nbdebug.render.time_x import TimeX


def test_a_time_covers_half_a_step_to_both_sides():
    x = TimeX(TimeAxis(8, 0.5, "s"))
    assert (x.scale.min, x.scale.max) == (-0.25, 3.75)
    assert x.axis.label == "time (s)"
    assert [x.time(value) for value in (-9, 0.24, 0.26, 3.7, 99)] == [0, 0, 1, 7, 7]
    assert x.cursor(3).x.tolist() == [1.5, 1.5]
    assert x.values(np.array([0, 2])).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("of", "title", "texts"),
    [
        (TimeAxis(4096), "time", ["0", "2,000", "4,000"]),
        (TimeAxis(100, 0.5, "s"), "time (s)", ["0", "20", "40"]),
        (TimeAxis(3, 0.5, "s"), "time (s)", ["0", "0.5", "1"]),
        (TimeAxis(60, 1, "min"), "time (h)", ["00:00", "00:15", "00:30", "00:45"]),
        (TimeAxis(4096, 1, "min"), "time (h)", ["00:00", "24:00", "48:00"]),
        (TimeAxis(4096, 30, "s"), "time (h)", ["00:00", "12:00", "24:00"]),
        (TimeAxis(48, 1, "h"), "time (h)", ["00:00", "12:00", "24:00", "36:00"]),
        (TimeAxis(3, 30, "min"), "time (h)", ["00:00", "00:30", "01:00"]),
        (TimeAxis(4096, 1, "h"), "time (h)", ["00:00", "1200:00", "2400:00", "3600:00"]),
        (TimeAxis(730, 1, "d"), "time (d)", ["0", "200", "400", "600"]),
    ],
)
def test_ticks_read_as_the_cursor_does(of, title, texts):
    x = TimeX(of)
    assert (x.axis.label, list(x.axis.tick_labels.values())) == (title, texts)
    assert all(x.scale.min <= tick <= x.scale.max for tick in x.axis.tick_values)
    if of.by_clock:
        read = [of.text(x.time(tick)) for tick in x.axis.tick_values]
        assert all(one.startswith(text) for one, text in zip(read, texts, strict=True)), read
