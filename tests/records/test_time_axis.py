import pytest

from nbdebug.errors import NbdebugError
from nbdebug.records.time_axis import TimeAxis, time_axis


@pytest.mark.parametrize(
    ("n", "step", "time", "text", "value", "title"),
    [
        (4096, "1min", 128, "02:08 h", 128.0, "time (h)"),
        (4096, "30 s", 5, "00:02:30 h", 150.0, "time (h)"),
        (100, 0.5, 3, "1.5 s", 1.5, "time (s)"),
        (100, "10ms", 3, "30 ms", 30.0, "time (ms)"),
        (48, "h", 30, "30:00 h", 30.0, "time (h)"),
        (730, "1 d", 30, "30 d", 30.0, "time (d)"),
        (4096, None, 2048, "t 2048", 2048.0, "time"),
    ],
)
def test_times_read_as_people_write_them(n, step, time, text, value, title):
    axis = time_axis(n, step)
    assert (axis.text(time), axis.value(time), axis.title) == (text, value, title)


@pytest.mark.parametrize("step", ["often", "1 fortnight", 0, -1, "0min", float("nan"), [1]])
def test_what_is_no_length_of_time_is_refused(step):
    with pytest.raises(NbdebugError) as error:
        time_axis(10, step)
    assert repr(step) in error.value.got
    assert "1min" in error.value.fix


def test_the_default_counts_times():
    assert TimeAxis(7).text(3) == "t 3"
