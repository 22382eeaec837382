"""Bars beside numbers."""

import numpy as np

from nbdebug.panels.parts.table import bar_lengths


def test_a_bar_is_a_share_of_the_largest() -> None:
    assert bar_lengths(np.array([2.0, 1.0, 0.0])) == [1.0, 0.5, 0.0]


def test_what_is_not_finite_has_no_bar() -> None:
    assert bar_lengths(np.array([np.nan, 3.0, np.inf])) == [0.0, 1.0, 0.0]


def test_nothing_but_zeros_has_no_bars() -> None:
    assert bar_lengths(np.zeros(2)) == [0.0, 0.0]
    assert bar_lengths(np.zeros(0)) == []
