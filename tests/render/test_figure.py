"""Frames, ticks and the time axis."""

import bqplot as bq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nbdebug.render.figure import (
    MARGIN,
    axis,
    figure,
    nice_ticks,
    nice_whole_ticks,
    number,
    set_ticks,
    short_count,
)


@given(st.floats(-1e9, 1e9), st.floats(1e-9, 1e9))
@example(900719925.6796875, 1.192092896e-07)  # no float lies between
def test_ticks_are_few_round_and_within(low, width):
    high = low + width
    if not high > low:
        return
    ticks = nice_ticks(low, high)
    assert len(ticks) <= 6
    room = width * 1e-6 + abs(low) * 1e-6
    assert all(low - room <= tick <= high + room for tick in ticks)


def test_ticks_of_known_ranges():
    assert nice_ticks(0, 4095.5) == [0, 2000, 4000]
    assert nice_ticks(-0.3, 0.7) == [-0.25, 0, 0.25, 0.5]
    assert nice_ticks(2, 2) == [2]
    assert nice_whole_ticks(0, 2) == [0, 1, 2]
    assert nice_ticks(float("nan"), 1) == []


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0"), (500, "500"), (1000, "1k"), (1500, "1.5k"), (20_000, "20k"), (2_500_000, "2.5M")]
)
def test_counts_in_little_room(count, text):
    assert short_count(count) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (1000, "1,000"), (0.25, "0.25"), (3e-7, "3e-07"), (123456, "1.23e+05")]
)
def test_numbers_have_the_digits_that_mean_something(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"), (-3.0, "-3"), (4000.0, "4000"), (0.25, "0.25"), (-0.0001, "-0.0001"), (1e-6, "0.000001"),
        (2.5e-7, "2.5e-7"), (1e21, "1e+21"), (-1e-9, "-1e-9"), (0.1 + 0.2, "0.30000000000000004"),
        (1e20, "1" + 20 * "0"),
    ],
)  # fmt: skip
def test_tick_texts_are_found_under_the_key_that_a_browser_writes(value, written):
    target = axis(bq.LinearScale(), "x", side="left")
    set_ticks(target, [value], ["here"])
    assert target.tick_labels == {written: "here"}


def test_figures_share_their_margins():
    one, other = (figure([], [], height=height) for height in (80, 160))
    assert one.fig_margin == other.fig_margin == MARGIN
    assert one.layout.width == "100%"
    assert not one.display_toolbar
