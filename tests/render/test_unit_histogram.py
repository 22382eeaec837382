"""Histograms of units."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nbdebug.measure.histogram_edges import EDGES, N_BINS
from nbdebug.records import Histogram
from nbdebug.render.unit_histogram import BINS, UnitHistogram, edge_ticks, occupied


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 400), st.integers(1, 500))
def test_no_value_is_lost_and_the_edges_stay_true(first, width):
    edges = np.linspace(-10, 10, 901)
    counts = np.zeros(900, int)
    counts[first : first + width] = np.arange(1, width + 1)
    kept_edges, kept = occupied(edges, counts)
    assert kept.sum() == counts.sum()
    assert len(kept) <= BINS + 1
    assert len(kept_edges) == len(kept) + 1
    for i, (low, high) in enumerate(pairwise(kept_edges)):
        inside = (edges[:-1] >= low - 1e-9) & (edges[1:] <= high + 1e-9)
        assert counts[inside].sum() == kept[i]


def test_a_dead_layer_is_a_bar_at_zero():
    counts = np.zeros((4, N_BINS), int)
    counts[:, N_BINS // 2] = 7
    made = UnitHistogram()
    made.show(Histogram(EDGES, counts, 16))
    shares = made._mark.y
    assert shares.max() == 1
    zero = made._x_axis.tick_labels
    at = next(float(key) for key, text in zero.items() if text == "0")
    assert shares[int(at)] == 1


def test_one_unit_is_drawn_alone():
    counts = np.zeros((2, N_BINS), int)
    counts[0, N_BINS // 2], counts[1, N_BINS // 2 + 3] = 5, 5
    made = UnitHistogram()
    made.show(Histogram(EDGES, counts, 1))
    assert made._mark.y.max() == 0.5
    made.show(Histogram(EDGES, counts, 1), 1)
    assert made._mark.y.max() == 1


def test_ticks_name_zero_once_and_do_not_crowd_it():
    edges = np.array([-1.0, -0.1, -1e-6, 1e-6, 0.1, 1.0, 10.0, 100.0])
    at, texts = edge_ticks(edges)
    assert texts.count("0") == 1
    assert at[texts.index("0")] == 2.5
    assert min(np.diff(at)) >= 1
