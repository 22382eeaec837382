"""Where the positions of a layer stand on the times of the input."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

_NUDGE = 1e-6


@dataclass(frozen=True)
class Grid:
    """Evenly spaced positions: number p stands at the input time `first + p * apart`.

    A position stands at the centre of the input times that it is computed from, borders left aside; one that looks
    back only (a causal convolution, a recurrent layer) at the last of them. It covers the times that are nearest to it,
    its span. Where two positions are equally near, spans begin nearer to time 0, so that pooling starts with the input.

    Args:
        n: how many positions there are.
        n_times: how many times the input has.
        first: input time of position 0; below 0 where padding comes before the input, a half between two times.
        apart: input times from one position to the next; below 1 where a layer upsamples.
    """

    n: int
    n_times: int
    first: float = 0.0
    apart: float = 1.0

    @property
    def span(self) -> int:
        """Input times behind one position."""
        return max(1, round(self.apart))

    @property
    def edge(self) -> float:
        """Where the times of position 0 begin, off the times themselves by a hair so that none lies on an edge."""
        edge = self.first - self.apart / 2
        return edge + _NUDGE if edge <= -0.5 else edge - _NUDGE

    def time_of(self, position: float) -> float:
        """The input time at which a position stands; outside the input where it is padding."""
        return self.first + position * self.apart

    def position_of(self, time: int) -> int:
        """The position that covers an input time; for times that none covers, the nearest one."""
        return min(max(self._place(time), 0), self.n - 1)

    def covers(self, time: int) -> bool:
        """Whether an input time lies in the span of a position."""
        return 0 <= self._place(time) < self.n

    def span_of(self, position: int) -> tuple[int, int]:
        """First and one-past-last input time that a position covers, within the input and at least one time."""
        edge = self.edge + position * self.apart
        first, end = ceil(edge), ceil(edge + self.apart)
        if first == end:  # closer together than times are: the nearest time
            first = ceil(self.time_of(position) - 0.5)
        first = min(max(first, 0), self.n_times - 1)
        return first, min(max(end, first + 1), self.n_times)

    @property
    def uncovered(self) -> tuple[int, int]:
        """How many input times lie before the first and behind the last span: a layer that does not pad leaves some."""
        return max(0, ceil(self.edge)), max(0, self.n_times - ceil(self.edge + self.n * self.apart))

    @property
    def outside(self) -> tuple[int, int]:
        """How many positions stand before the input and behind it: padding."""
        return max(0, self._place(0)), max(0, self.n - 1 - self._place(self.n_times - 1))

    def _place(self, time: int) -> int:
        return floor((time - self.edge) / self.apart)
