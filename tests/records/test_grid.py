"""Positions on the times of the input, against the nearest of them found by looking at all."""

import numpy as np
import pytest

from nbdebug.records import Grid

GRIDS = [
    Grid(32, 32), Grid(8, 32, 1.5, 4), Grid(8, 33, 1.5, 4), Grid(24, 32, 4, 1), Grid(38, 32, -3, 1),
    Grid(7, 24, 3, 3), Grid(16, 8, -0.25, 0.5), Grid(9, 12, 1 / 6, 4 / 3), Grid(4, 12, -2, 3), Grid(12, 12, -0.5, 1),
]  # fmt: skip


@pytest.mark.parametrize("grid", GRIDS, ids=str)
def test_a_time_belongs_to_the_position_that_stands_nearest(grid):
    stand = np.array([grid.first + p * grid.apart for p in range(grid.n)])
    for time in range(grid.n_times):
        distance = np.abs(stand - time)
        assert distance[grid.position_of(time)] == pytest.approx(distance.min())
        assert grid.covers(time) == (distance.min() <= grid.apart / 2 + 1e-9)


@pytest.mark.parametrize("grid", GRIDS, ids=str)
def test_spans_hold_the_times_of_their_positions_and_no_others(grid):
    for position in range(grid.n):
        first, end = grid.span_of(position)
        mine = [t for t in range(grid.n_times) if grid.covers(t) and grid.position_of(t) == position]
        assert 0 <= first < end <= grid.n_times
        if mine:
            assert list(range(first, end)) == mine
        elif grid.apart < 1:
            assert abs(first - grid.time_of(position)) <= 0.5
            assert end == first + 1


@pytest.mark.parametrize("grid", GRIDS, ids=str)
def test_blank_times_and_padding_are_counted(grid):
    covered = [grid.covers(t) for t in range(grid.n_times)]
    assert grid.uncovered == (covered.index(True), covered[::-1].index(True))
    edges = grid.first + (np.arange(grid.n)[:, None] + [-0.5, 0.5]) * grid.apart
    if grid.apart >= 1:
        assert grid.outside == ((edges[:, 1] <= -0.5).sum(), (edges[:, 0] >= grid.n_times - 0.5).sum())


@pytest.mark.parametrize("grid", [Grid(12, 24, 0, 2), Grid(12, 24, 1, 2), Grid(12, 24, 0.5, 2)], ids=str)
def test_where_two_positions_are_equally_near_spans_begin_with_the_input(grid):
    assert [grid.span_of(p) for p in range(12)] == [(2 * p, 2 * p + 2) for p in range(12)]
    assert (grid.uncovered, grid.outside, grid.span) == ((0, 0), (0, 0), 2)


def test_times_that_no_position_covers_belong_to_the_nearest():
    valid = Grid(24, 32, 4, 1)
    assert [valid.position_of(t) for t in (0, 3, 4, 5, 27, 31)] == [0, 0, 0, 1, 23, 23]
    assert (valid.uncovered, valid.span_of(0)) == ((4, 4), (4, 5))
    assert Grid(38, 32, -3, 1).outside == (3, 3)
