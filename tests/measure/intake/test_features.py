import numpy as np
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.measure.intake import features
from nbdebug.measure.intake.features import check_lengths, describe_not_finite


def test_inputs_of_different_length_are_refused():
    with pytest.raises(NbdebugError) as error:
        check_lengths({"a": np.zeros((3, 1)), "b": np.zeros((4, 1))})
    assert error.value.got == "a: 3, b: 4"


@pytest.mark.parametrize("shape", [(0, 3), (3, 0)])
def test_empty_data_is_refused(shape):
    with pytest.raises(NbdebugError, match="empty"):
        check_lengths({"a": np.zeros(shape)})


@pytest.mark.parametrize("chunk", [1, 7, 1 << 22])
def test_nan_and_inf_are_counted_and_found(chunk, monkeypatch):
    monkeypatch.setattr(features, "_CHUNK_VALUES", chunk)
    x = np.zeros((6, 5, 2), np.float32)
    x[2, 3, 1] = x[2, 4, 0] = np.nan
    x[5, 0, 0] = -np.inf
    found = describe_not_finite("x", x, ("heart rate", "steps"))
    assert found == "x holds 2 NaN and 1 Inf in 2 of 6 examples, first at example 2, time 3, channel 'steps'."


@pytest.mark.parametrize(
    "values", [np.ones((3, 2)), np.array([[1, 2]]), np.full((4, 4), 3e38, np.float32), np.zeros((2, 2), bool)]
)
def test_finite_values_need_no_note(values):
    assert describe_not_finite("x", values) == ""


def test_an_overflowing_sum_hides_no_nan():
    values = np.full((4, 4), 3e38, np.float32)
    values[1, 2] = np.nan
    assert "1 NaN in 1 of 4 examples, first at example 1, channel 2" in describe_not_finite("x", values)
