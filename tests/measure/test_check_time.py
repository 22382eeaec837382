import numpy as np
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.measure.check_time import check_time


@pytest.mark.parametrize("time", [-1, 10, 1.5, "3", None, True])
def test_times_outside_are_refused_with_the_range(time):
    with pytest.raises(NbdebugError) as error:
        check_time(time, 10)
    assert repr(time) in error.value.got
    assert "0 to 9" in error.value.fix


def test_numpy_ints_are_times():
    assert check_time(np.int64(9), 10) == 9
