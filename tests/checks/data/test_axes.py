"""Numbers that lost their place or their size: channels brought back by reshape, rows scaled one by one."""

import numpy as np
import pytest
from checks.data.tables import findings

RANDOM = np.random.default_rng(0)


def waves(n=120, channels=4, times=30):
    phase = RANDOM.uniform(0, 6, (n, channels, 1))
    return (np.sin(0.4 * np.arange(times) + phase) + 0.3 * RANDOM.normal(size=(n, channels, times))).astype("float32")


def pictures(n=80, channels=3, side=12):
    """Blots of another place in each colour."""
    at, place = np.arange(side), RANDOM.uniform(0, side, (2, n, channels, 1, 1))
    distance = (at[:, None] - place[0]) ** 2 + (at - place[1]) ** 2
    return (np.exp(-distance / 20) + 0.05 * RANDOM.normal(size=(n, channels, side, side))).astype("float32")


def found_in(x):
    return findings("reshaped_channels", x, RANDOM.normal(size=len(x)))


@pytest.mark.parametrize("stored", [waves(), waves(channels=5, times=40), pictures()])
def test_channels_brought_back_by_reshape(stored):
    shape = (*stored.shape[2:], stored.shape[1])
    (found,) = found_in(stored.reshape(len(stored), *shape))
    assert found.cause == "shape"
    assert not found_in(np.moveaxis(stored, 1, -1))


def test_the_mend_that_is_proposed_mends():
    stored = waves()
    x = stored.reshape(120, 30, 4)
    (found,) = found_in(x)
    space = {"np": np, "x": x}
    exec(found.fix, space)
    assert np.array_equal(space["x"], np.moveaxis(stored, 1, -1))


@pytest.mark.parametrize(
    "x",
    [
        RANDOM.normal(size=(200, 30, 4)),
        RANDOM.normal(size=(200, 30, 1)).repeat(4, axis=2),
        np.cumsum(RANDOM.normal(size=(200, 30, 4)), axis=1) * [1, 10, 100, 1000],
        RANDOM.normal(size=(200, 30, 1)) + np.arange(4) + 0.1 * RANDOM.normal(size=(200, 30, 4)),
        np.repeat(pictures()[:, :1], 3, axis=1).transpose(0, 2, 3, 1),
    ],
    ids=["noise", "equal channels", "walks of other sizes", "alike channels", "grey in three"],
)
def test_channels_that_are_where_they_belong(x):
    assert not found_in(x.astype("float32"))


POSITIVE = np.exp(RANDOM.normal(size=(200, 6)))


def test_rows_scaled_one_by_one():
    rows = POSITIVE / np.linalg.norm(POSITIVE, axis=1, keepdims=True)
    (found,) = findings("rows_of_length_one", rows, POSITIVE[:, 0])
    assert (found.severity, found.cause) == ("note", "input_scaling")


@pytest.mark.parametrize(
    "x",
    [
        POSITIVE,
        (POSITIVE - POSITIVE.mean(axis=0)) / POSITIVE.std(axis=0),
        POSITIVE / POSITIVE.sum(axis=1, keepdims=True),
        POSITIVE[:, :3] / np.linalg.norm(POSITIVE[:, :3], axis=1, keepdims=True),
        np.eye(6)[RANDOM.integers(0, 6, 200)],
    ],
    ids=["as measured", "columns scaled", "shares", "directions", "categories"],
)
def test_rows_with_a_size_of_their_own(x):
    assert not findings("rows_of_length_one", x, POSITIVE[:, 0])
