"""Differences in memory against loops, and arrays whose axes are known."""

import numpy as np
import pytest

from nbdebug.measure.seams import seams


def waves(n=60, channels=4, times=30, seed=0):
    """(example, channel, time): each channel a wave of its own phase."""
    random = np.random.default_rng(seed)
    phase = random.uniform(0, 6, (n, channels, 1))
    return np.sin(0.3 * np.arange(times) + phase) + 0.2 * random.normal(size=(n, channels, times))


def naive(values):
    n, times, channels = values.shape
    flat = values.reshape(n, -1)
    found = {"ends": [], "channels": [], "inside": []}
    for row in flat:
        for at in range(1, len(row)):
            kind = "ends" if at % times == 0 else "channels" if at % channels == 0 else "inside"
            found[kind].append((row[at] - row[at - 1]) ** 2)
    along = [(row[at + channels] - row[at]) ** 2 for row in flat for at in range(len(row) - channels)]
    return [np.mean(found[kind]) for kind in ("ends", "channels", "inside")] + [np.mean(along)]


def test_against_loops():
    values = waves().reshape(60, 30, 4)
    assert list(seams(values))[:4] == pytest.approx(naive(values))


def test_reshaped_series_have_seams_and_moved_ones_have_none():
    wrong, right = seams(waves().reshape(60, 30, 4)), seams(np.moveaxis(waves(), 1, -1))
    assert wrong.certain > 5
    assert wrong.at_ends > 3 * wrong.inside
    assert wrong.inside < wrong.along
    assert right.along < right.inside


def test_noise_is_not_certain():
    assert abs(seams(np.random.default_rng(0).normal(size=(100, 30, 4))).certain) < 4


def test_one_channel_has_no_ends_of_its_own():
    assert seams(np.ones((10, 30, 1))) is None
