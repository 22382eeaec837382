"""How many steps a copy is trained for: the same on every machine, so that one program gets one report."""

from __future__ import annotations

import time
from dataclasses import dataclass

from nbdebug.adapters.keras.copying.work import Work
from nbdebug.errors import NbdebugError

STEPS = 60
FEWEST = 18
EVERY = 6
BUDGET = 4e10
"""What the training of one copy may take, in multiply-adds; larger networks get fewer steps, down to `FEWEST`."""
LIMIT = 10 * BUDGET
"""A network that takes more for the fewest steps is not copied."""
SPEED, PATIENCE = 1e10, 10
"""Multiply-adds a second of a slow machine; copies may take so many times as long as that makes."""
_MARGIN = 60.0
"""Seconds for what is not counted, such as compiling."""


@dataclass(frozen=True)
class Allowance:
    """What copies of one network may have.

    Args:
        work: of the network.
        batch: examples in the batch of a step.
        looked_at: examples that a look at the loss takes.
    """

    work: Work
    batch: int
    looked_at: int

    @property
    def round(self) -> float:
        """What the steps from one look to the next take with that look, in multiply-adds."""
        return EVERY * self.work.step(self.batch) + self.work.look(self.looked_at)

    def steps(self, patience: int = 1) -> int:
        """How many a copy gets, where so many times the usual ones are asked for; whole rounds."""
        affordable = EVERY * int(BUDGET / self.round) if self.round else STEPS * patience
        return min(STEPS * patience, max(FEWEST, affordable))

    def require(self) -> None:
        """See that copies can be afforded at all.

        Raises:
            NbdebugError: the network is far too large.
        """
        least = FEWEST / EVERY * self.round
        if least > LIMIT:
            raise NbdebugError(
                "The network is too large to train copies of it beside it",
                got=f"{least:.1e} multiply-adds for {FEWEST} steps, where {LIMIT:.0e} are the limit",
                fix="check it on smaller inputs",
            )

    def seconds(self, steps: int) -> float:
        """How long so many steps may take on any machine."""
        return _MARGIN + PATIENCE * steps / EVERY * self.round / SPEED


class Deadline:
    """A limit far beyond what is expected; what ends there is said to have.

    Args:
        steps: how many there are to be.
        seconds: that they may take from now on.
    """

    def __init__(self, steps: int, seconds: float) -> None:
        self._steps, self._seconds, self._begun = steps, seconds, time.monotonic()

    def pass_(self, done: int) -> None:
        """Go on after so many steps.

        Raises:
            NbdebugError: it is over, and steps are left.
        """
        if done < self._steps and time.monotonic() - self._begun > self._seconds:
            raise NbdebugError(
                "This machine is too slow to train copies of the network",
                got=f"{done} of {self._steps} steps in {self._seconds:.0f} seconds",
                fix="a smaller network, or shorter inputs",
            )
