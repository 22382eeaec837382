"""What the browser is given to follow the scrubber."""

import zlib

import numpy as np

from nbdebug.measure.quantise import quantise
from nbdebug.panels.parts.follower import Follower
from nbdebug.panels.parts.scrubber import Scrubber
from nbdebug.records import Grid
from nbdebug.records.time_axis import TimeAxis


def test_codes_bring_the_values_back_within_a_step_of_each_units_range():
    values = np.random.default_rng(0).normal(size=(50, 6)).astype(np.float32) * np.arange(1, 7)
    held, follower = quantise(values), Follower()
    follower.hold(held.codes, held.scale, held.offset, grid=Grid(50, 100, 0.5, 2), of="6 units")
    codes = np.frombuffer(zlib.decompress(follower.codes), np.uint8).reshape(follower.shape[::-1]).T
    scale, offset = np.frombuffer(follower.scale, "<f4"), np.frombuffer(follower.offset, "<f4")
    assert (np.abs(offset + scale * codes - values) <= np.ptp(values, axis=0) / 255).all()


def test_exact_values_are_forgotten_with_the_layer_they_belong_to():
    follower = Follower()
    follower.hold(np.zeros((2, 1), np.uint8), np.ones(1), np.zeros(1), grid=Grid(2, 2))
    follower.show_exact(1, np.array([0.5]))
    assert (follower.exact_at, np.frombuffer(follower.exact, "<f4").tolist()) == (1, [0.5])
    follower.hold(np.zeros((2, 1), np.uint8), np.ones(1), np.zeros(1), grid=Grid(2, 2))
    assert follower.exact_at == -1
    follower.release()
    assert (follower.codes, follower.shape) == (b"", [0, 0])


def test_the_scrubber_tells_where_it_rests_and_takes_cursors_once():
    scrubber, told = Scrubber.over(TimeAxis(10, 1.0, "min"), 4), []
    scrubber.on_rest(told.append)
    scrubber.committed = 7
    assert told == [7]
    line = Follower()
    scrubber.add_cursors(line)
    scrubber.add_cursors(line)
    assert scrubber.cursors == [line]
    scrubber.drop_cursors(line)
    assert scrubber.cursors == []
    assert Scrubber.over(TimeAxis(0)).disabled
