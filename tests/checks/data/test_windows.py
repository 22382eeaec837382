"""Labels that stand in their window, classes without weight, examples mixed by a reshape; and what is like them."""

import numpy as np
import pytest
from checks.data.tables import CLASSES, blobs, findings

RANDOM = np.random.default_rng(0)
NUMBER = (1, None, "mse")
SERIES = np.sin(np.arange(400) / 5) + RANDOM.normal(0, 0.3, 400)
WINDOWS = np.lib.stride_tricks.sliding_window_view(SERIES, 12).copy()


@pytest.mark.parametrize("at", [0, 5, 11])
@pytest.mark.parametrize("axes", [2, 3])
def test_a_forecast_of_what_stands_in_the_window(at, axes):
    x = WINDOWS if axes == 2 else WINDOWS[:, :, None]
    (found,) = findings("target_in_window", x[:300], x[:300].reshape(300, 12)[:, at], NUMBER)
    assert (found.severity, found.cause, found.evidence["time"]) == ("warning", "labels", at)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (WINDOWS[:300], SERIES[12:312]),
        (RANDOM.normal(size=(300, 12)), None),  # a table whose label is one of its columns is another check's
        (WINDOWS[:300, :, None].round(), WINDOWS[:300, 3].round()),  # a few whole numbers
    ],
)
def test_labels_that_are_not_in_their_window(x, y):
    assert not findings("target_in_window", x, x[:, 3].reshape(300) if y is None else y, NUMBER)


@pytest.mark.parametrize(
    ("weights", "found"),
    [({0: 0.0, 1: 1.0, 2: 1.0, 3: 2.0}, 1), ({0: 0.5, 1: 1.0, 2: 1.0, 3: 2.0}, 0), ({0: 0.0, 1: 0.0}, 0)],
)
def test_a_common_class_that_weighs_nothing(weights, found):
    x, y = blobs()
    assert len(findings("class_without_weight", x, y, CLASSES, class_weight=weights)) == found


def test_a_rare_class_may_be_left_out():
    x, y = blobs()
    y[(y == 0) & (np.arange(len(y)) % 4 > 0)] = 1
    assert not findings("class_without_weight", x, y, CLASSES, class_weight={0: 0.0, 1: 1.0, 2: 1.0, 3: 1.0})


def waves(n=200, steps=20, channels=2):
    """(time, example, channel)."""
    phase = RANDOM.uniform(0, 6, (n, channels))
    return np.sin(np.arange(steps)[:, None, None] / 3 + phase) + 0.2 * RANDOM.normal(size=(steps, n, channels))


@pytest.mark.parametrize(("n", "kept"), [(200, 200), (200, 160), (210, 210), (210, 150)])
def test_time_in_front_and_reshaped(n, kept):
    x = waves(n).reshape(n, 20, 2)[:kept]
    (found,) = findings("examples_mixed", x, np.arange(kept) % 4, CLASSES)
    assert found.cause == "shape"
    assert found.evidence["distance"] % (2 * n) == 0


NOISE = RANDOM.normal(size=500)


@pytest.mark.parametrize(
    "x",
    [
        waves().transpose(1, 0, 2),
        RANDOM.normal(size=(200, 20, 2)),
        RANDOM.normal(size=(200, 30, 1)) * RANDOM.uniform(1, 100, (30, 1)) + RANDOM.uniform(-50, 50, (30, 1)),
        np.lib.stride_tricks.sliding_window_view(NOISE, 20)[:, :, None],  # overlapping windows of noise
        np.lib.stride_tricks.sliding_window_view(NOISE, 20)[::3, :, None],
        np.tile(RANDOM.normal(size=(20, 15, 2)), (12, 1, 1)),  # examples that come again
        np.tile(RANDOM.normal(size=(20, 15, 2)), (12, 1, 1)) + 0.3 * RANDOM.normal(size=(240, 15, 2)),
        np.repeat(RANDOM.normal(size=(40, 15, 2)), 6, axis=0),
    ],
)
def test_examples_that_are_not_mixed(x):
    assert not findings("examples_mixed", x, np.arange(len(x)) % 4, CLASSES)
