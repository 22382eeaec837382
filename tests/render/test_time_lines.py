"""Prediction and label over time."""

import numpy as np
import pytest

from nbdebug.records.time_axis import TimeAxis
from nbdebug.render.time_lines import TimeLines

NAN = np.nan


def drawn(line):
    return list(zip(np.asarray(line.x).tolist(), np.asarray(line.y).tolist(), strict=True))


@pytest.mark.parametrize(
    ("values", "points"),
    [
        ([0.1, 0.2, 0.3, 0.4], [(0, 0.1), (2, 0.2), (4, 0.3), (6, 0.4)]),
        ([0.1, 0.4], [(1, 0.1), (5, 0.4)]),
        ([0.1, 0.2, NAN, NAN], [(0, 0.1), (2, 0.2)]),
        ([NAN, NAN, NAN, NAN], []),
    ],
)
def test_values_stand_in_the_middle_of_what_they_cover_and_no_line_ends_in_a_gap(values, points):
    lines = TimeLines(TimeAxis(4, 2.0, "s"), "predicted")
    lines.show(np.array(values), np.zeros(0))
    assert drawn(lines._prediction) == points
    assert drawn(lines._label) == []


def test_a_gap_in_front_stays_a_gap_and_one_label_is_a_level_line():
    lines = TimeLines(TimeAxis(3), "predicted")
    lines.show(np.array([NAN, 0.5, 0.7]), np.array([1.0]))
    x, y = np.asarray(lines._prediction.x), np.asarray(lines._prediction.y)
    assert x[np.isfinite(y)].tolist() == [1, 2]
    assert y[np.isfinite(y)].tolist() == [0.5, 0.7]
    assert drawn(lines._label) == [(0, 1), (2, 1)]
