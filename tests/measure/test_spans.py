import numpy as np
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.measure.spans import check_time, position_of, span_of


@pytest.mark.parametrize(("n_times", "span"), [(32, 1), (32, 4), (33, 4)])
def test_every_time_lies_in_the_span_of_its_position(n_times, span):
    n_positions = -(-n_times // span)
    for time in range(n_times):
        first, end = span_of(position_of(time, span, n_positions), span, n_times)
        assert first <= time < end


def test_times_cut_off_by_the_borders_belong_to_the_last_position():
    assert position_of(31, 1, 30) == 29
    assert position_of(35, 4, 8) == 7


@pytest.mark.parametrize("time", [-1, 10, 1.5, "3", None, True])
def test_times_outside_are_refused_with_the_range(time):
    with pytest.raises(NbdebugError) as error:
        check_time(time, 10)
    assert repr(time) in error.value.got
    assert "0 to 9" in error.value.fix


def test_numpy_ints_are_times():
    assert check_time(np.int64(9), 10) == 9
