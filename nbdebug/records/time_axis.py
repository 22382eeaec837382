"""What one position of the input sequence means on a clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from nbdebug.errors import NbdebugError

_SECONDS = {"ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_WRITTEN = {
    "ms": "ms", "millisecond": "ms", "milliseconds": "ms",
    "s": "s", "sec": "s", "second": "s", "seconds": "s",
    "min": "min", "t": "min", "minute": "min", "minutes": "min",
    "h": "h", "hour": "h", "hours": "h",
    "d": "d", "day": "d", "days": "d",
}  # fmt: skip


@dataclass(frozen=True)
class TimeAxis:
    """The time axis of the input.

    Args:
        n: how many times there are; 0 where the input has no time axis.
        step: how far apart two times are, in `unit`.
        unit: "ms", "s", "min", "h" or "d"; "" where nothing is known and times are counted.
    """

    n: int
    step: float = 1.0
    unit: str = ""

    def value(self, time: float) -> float:
        """Where position `time` lies on the axis, in `unit`."""
        return float(time) * self.step

    def text(self, time: int) -> str:
        """Position `time` in words: "02:08 h", "1.5 s", or "t 2048" where no unit is known."""
        if not self.unit:
            return f"t {time}"
        if self.by_clock:
            whole_minutes = (self.step * self.seconds) % 60 == 0
            return f"{clock(round(self.value(time) * self.seconds), whole_minutes)} h"
        return f"{self.value(time):.6g} {self.unit}"

    @property
    def seconds(self) -> float:
        """How many seconds `unit` has; 1 where no unit is known."""
        return _SECONDS.get(self.unit, 1.0)

    @property
    def by_clock(self) -> bool:
        """Whether times are read off a clock: an hour and more of them, neither parts of a second nor days."""
        apart = self.step * self.seconds
        return self.unit not in ("", "d") and apart >= 1 and self.n * apart >= 3600

    @property
    def title(self) -> str:
        """What stands beside the axis: "time (s)", "time (h)" by the clock, or "time" where no unit is known."""
        unit = "h" if self.by_clock else self.unit
        return f"time ({unit})" if unit else "time"


def clock(seconds: int, whole_minutes: bool = True) -> str:
    """Seconds as a clock has them: "02:08", or "02:08:30" where minutes alone do not tell them."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours:02d}:{minutes:02d}" if whole_minutes else f"{hours:02d}:{minutes:02d}:{left:02d}"


def time_axis(n: int, time_step: Any) -> TimeAxis:
    """The time axis of `n` times that are `time_step` apart.

    Args:
        n: how many times there are.
        time_step: a number with a unit such as "1min", "0.5 s", "10ms"; a bare number is in seconds; None: unknown.

    Raises:
        NbdebugError: `time_step` is not a positive duration.
    """
    if time_step is None:
        return TimeAxis(n)
    step, unit = _parse(time_step)
    if not (step > 0 and step < float("inf")):
        raise _unreadable(time_step)
    return TimeAxis(n, step, unit)


def _parse(time_step: Any) -> tuple[float, str]:
    if not isinstance(time_step, str):
        try:
            return float(time_step), "s"
        except (TypeError, ValueError):
            raise _unreadable(time_step) from None
    read = re.fullmatch(r"\s*(\d+(?:\.\d*)?|\.\d+)?\s*([A-Za-z]+)\s*", time_step)
    unit = _WRITTEN.get(read[2].lower()) if read else None
    if read is None or unit is None:
        raise _unreadable(time_step)
    return float(read[1] or 1), unit


def _unreadable(time_step: object) -> NbdebugError:
    return NbdebugError(
        "time_step is not a length of time.",
        got=repr(time_step),
        fix='a number of seconds such as 0.5, or a number with a unit (ms, s, min, h, d) such as "1min"',
    )
