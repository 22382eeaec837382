import numpy as np
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.measure.intake.intake import example_positions, rows_of


@pytest.mark.parametrize(
    ("examples", "positions"),
    [
        (3, (3,)),
        (np.int64(3), (3,)),
        ([3, 1, 3], (3, 1, 3)),
        (slice(2, 8, 2), (2, 4, 6)),
        (range(2), (0, 1)),
        (None, tuple(range(10))),
        (np.arange(10) > 7, (8, 9)),
    ],
)
def test_examples_are_positions(examples, positions):
    assert example_positions(examples, 10) == positions


@pytest.mark.parametrize("examples", [10, -1, [0, 11], [], slice(5, 5), 1.5, "3", [[1, 2]], np.ones(4, bool)])
def test_examples_outside_are_refused_with_the_range(examples):
    with pytest.raises(NbdebugError) as error:
        example_positions(examples, 10)
    assert "0 to 9" in error.value.fix


def test_consecutive_examples_are_views():
    x = {"x": np.arange(20).reshape(10, 2)}
    assert np.shares_memory(rows_of(x, range(2, 5))["x"], x["x"])
    np.testing.assert_array_equal(rows_of(x, (2, 3, 4))["x"], x["x"][2:5])
    np.testing.assert_array_equal(rows_of(x, (4, 3, 4))["x"], x["x"][[4, 3, 4]])
