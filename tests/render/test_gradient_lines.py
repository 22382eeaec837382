"""The gradient on a log axis: nothing is lost, and nothing that is zero is drawn as a number."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render.pngs import decode
from render.seen import seen

from nbdebug.records import Sensitivity
from nbdebug.records.time_axis import TimeAxis
from nbdebug.render.gradient_lines import (
    PIXELS,
    UNDERFLOW_COLOUR,
    ZERO_COLOUR,
    GradientLines,
    decades,
    feet,
    foot_strip,
    thinned,
)
from nbdebug.render.gradient_words import feet_words, fewest, reach_words, title


def sensitivity(values, *, at=None, span=None, masked=None, underflow=None):
    none = np.zeros(values.shape, bool)
    return Sensitivity(
        values, values, "logit of apnea", at, span, (3,), masked, none if underflow is None else underflow, "x", "f"
    )


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 3000), st.integers(0, 99))
def test_thinning_keeps_every_peak_and_every_trough(n, seed):
    values = 10 ** np.random.default_rng(seed).uniform(-12, 0, n)
    times, logs = thinned(values)
    assert len(times) <= max(2 * PIXELS, n if n <= 2 * PIXELS else 0)
    assert logs.max() == pytest.approx(np.log10(values.max()))
    assert logs.min() == pytest.approx(np.log10(values.min()))
    assert np.allclose(10**logs, values[times])
    assert (np.diff(times) > 0).all()


def test_zero_is_a_gap():
    _, logs = thinned(np.array([1.0, 0.0, 100.0]))
    assert np.isnan(logs).tolist() == [False, True, False]


def test_decades_hold_all_values_and_are_some():
    assert decades(np.array([3e-9, 0.2, 0.0])) == (-9, 0)
    assert decades(np.array([1.0])) == (-3, 0)
    assert decades(np.zeros(3)) == (-12, 0)
    low, high = decades(np.array([1e-300, 1.0]))
    assert (low, high) == (-30, 0)


def test_a_time_is_zero_underflow_or_masked():
    values = np.array([[0.0, 0.0], [0.0, 1.0], [0.0, 0.0], [0.0, 0.0]])
    underflow = np.zeros((4, 2), bool)
    underflow[2, 0] = True
    marks = feet(values, sensitivity(values, masked=np.array([False, False, False, True]), underflow=underflow))
    assert marks.zero.tolist() == [True, False, False, False]
    assert marks.underflow.tolist() == [False, False, True, False]
    assert marks.masked.tolist() == [False, False, False, True]
    words = feet_words(marks, ["steps"])
    assert words.startswith("Exactly zero at 1 of 4 times, too small for the model's number type at 1 of 4 times, ")
    assert "masked at 1 of 4 times;" in words
    assert words.endswith("no gradient at all from steps.")


def test_one_zero_among_thousands_is_marked():
    values = np.ones((4096, 1))
    values[1000], values[2000] = 0, 0
    underflow = np.zeros((4096, 1), bool)
    underflow[2000] = True
    strip, colours = foot_strip(feet(values, sensitivity(values, underflow=underflow)))
    shown = [tuple(colours[code, :3].tolist()) for code in strip[0] if colours[code, 3]]
    assert shown == [tuple(bytes.fromhex(colour[1:])) for colour in (ZERO_COLOUR, UNDERFLOW_COLOUR)]


def test_lines_and_feet_are_drawn():
    values = np.abs(np.random.default_rng(0).normal(size=(50, 3)))
    values[:10] = 0
    values[:, 2] = 0
    lines = GradientLines(TimeAxis(50, 2.0, "s"))
    lines.show(values, ["a", "b", "c"], feet(values, sensitivity(values)), 20.5)
    drawn = [line for line in lines._lines if line.visible]
    assert len(drawn) == 2
    assert drawn[0].x.tolist() == [2.0 * t for t in range(50)]
    assert lines.at_line.x.tolist() == [41, 41]
    pixels = decode(bytes(lines._foot.mark.image.value))
    assert pixels[0, :, 3].tolist() == [255] * 10 + [0] * 40
    assert [chip.value for chip in seen(lines.legend.widget)] == ["a", "b", "c", "exactly zero"]
    lines.show(values[:, :1], ["a"], feet(values[:, :1], sensitivity(values[:, :1])), None)
    assert [line.visible for line in lines._lines] == [True, False, False]
    assert [chip.value for chip in seen(lines.legend.widget)] == ["exactly zero"]
    assert not lines.at_line.visible


def test_words_of_the_reach():
    values = np.zeros((4096, 1))
    values[2041:2055] = 1
    found = sensitivity(values, at=2048, span=(2048, 2049))
    assert reach_words(found, TimeAxis(4096, 1.0, "min")) == (
        f"90 % of the gradient lies within {found.reach()} of 4,096 times ({found.reach()} min)."
    )
    assert title(found, TimeAxis(4096)) == "|d logit of apnea[t 2048] / d x[t]|"
    wide = sensitivity(values, at=2048, span=(2048, 2056))
    assert title(wide, TimeAxis(4096)) == "|d logit of apnea[t 2048 to t 2055] / d x[t]|"
    assert reach_words(sensitivity(values), TimeAxis(4096)).endswith("lies on 13 of 4,096 times.")
    assert "nothing of the input" in reach_words(sensitivity(values * 0, at=1, span=(1, 2)), TimeAxis(4096))


def test_fewest_times_that_hold_a_share():
    assert fewest(np.array([1.0, 7.0, 0.0, 2.0]), 0.9) == 2
    assert fewest(np.ones(10), 0.9) == 9
