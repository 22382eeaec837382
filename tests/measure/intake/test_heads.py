import numpy as np
import pytest

from nbdebug.measure.intake.heads import Reading, layout, read_head
from nbdebug.records.head import Head

INTS = np.array([0, 3, 9])
ZERO_ONE = np.array([[0.0], [1.0], [np.nan]])
SHARES = np.array([[0.2], [0.5], [1.0]])
SUM_TO_ONE = np.full((4, 10), 0.1)


def head(shape=(1,), activation="linear", loss=None, time_axis=None):
    return Head("out", shape, activation, loss, time_axis)


@pytest.mark.parametrize(
    ("given", "y", "from_logits", "sample", "expected"),
    [
        (head((1,), "sigmoid"), ZERO_ONE, False, None, Reading("binary", False, False)),
        (head((4,), "sigmoid", "binary_crossentropy"), None, False, None, Reading("binary", False, False)),
        (head((1,), "sigmoid"), SHARES, False, None, Reading("regression", False, False)),
        (head((1,), "sigmoid", "mean_squared_error"), 9 * SHARES, False, None, Reading("regression", False, False)),
        (head((1,), "linear", "binary_crossentropy"), ZERO_ONE, True, None, Reading("binary", False, True)),
        (head((1,), "linear", "binary_crossentropy"), ZERO_ONE, False, None, Reading("binary", False, False)),
        (head((10,), "softmax"), INTS, False, None, Reading("multiclass", True, False)),
        (head((2,), "softmax"), INTS, False, None, Reading("binary", True, False)),
        (
            head((10,), "linear", "sparse_categorical_crossentropy"),
            INTS,
            True,
            None,
            Reading("multiclass", True, True),
        ),
        (head((10,)), INTS, False, -SUM_TO_ONE, Reading("multiclass", True, True)),
        (head((10,)), INTS, False, SUM_TO_ONE, Reading("multiclass", True, False)),
        (head((10,)), np.eye(10)[INTS], False, SUM_TO_ONE, Reading("multiclass", True, False)),
        (head((1,), "linear", "masked_loss"), ZERO_ONE, False, np.array([[0.3]]), Reading("binary", False, False)),
        (head((1,)), ZERO_ONE, False, np.array([[1.3]]), Reading("regression", False, False)),
        (head((3,), "tanh"), np.zeros((4, 3)) + 7, False, np.zeros((4, 3)), Reading("regression", False, False)),
        (head((1,)), None, False, np.array([[0.3]]), Reading("regression", False, False)),
        (
            head((3,)),
            np.array([[120.5], [80.0], [np.nan]]),
            False,
            SUM_TO_ONE[:, :3],
            Reading("regression", False, False),
        ),
        (head((3,)), np.array([1, 2, 3]), False, -SUM_TO_ONE, Reading("multiclass", True, True)),
    ],
)
def test_a_head_is_read_by_what_speaks_loudest(given, y, from_logits, sample, expected):
    assert read_head(given, y, from_logits, sample) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (head(()), ((), 1, False)),
        (head((3,)), ((), 3, True)),
        (head((8, 3), time_axis=1), ((8,), 3, True)),
        (head((8,), time_axis=1), ((8,), 1, False)),
        (head((5, 6, 1)), ((5, 6), 1, True)),
    ],
)
def test_the_layout_tells_positions_from_columns(given, expected):
    assert layout(given) == expected
