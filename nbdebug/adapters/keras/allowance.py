"""How many steps a copy is trained for: the same on every machine, so that one program gets one report."""

from __future__ import annotations

import time
from dataclasses import dataclass

from nbdebug.adapters.keras.work import Work
from nbdebug.errors import NbdebugError

STEPS = 60
FEWEST = 18
EVERY = 6
BUDGET = 4e10
"""What the training of one copy may take, in multiply-adds; larger networks get fewer steps, down to `FEWEST`."""
SECONDS = 60.0
"""Ten times what the training of one copy takes on a slow machine."""


@dataclass(frozen=True)
class Allowance:
    """What copies of one network may have.

    Args:
        work: of the network.
        batch: examples in the batch of a step.
        looked_at: examples that a look at the loss takes.
        budget: in multiply-adds.
    """

    work: Work
    batch: int
    looked_at: int
    budget: float = BUDGET

    @property
    def steps(self) -> int:
        """Of the usual training of a copy."""
        return self.of(1)

    def of(self, patience: int) -> int:
        """Steps, where so many times the usual ones are asked for; whole rounds from one look to the next."""
        a_round = EVERY * self.work.step(self.batch) + self.work.look(self.looked_at)
        affordable = EVERY * int(self.budget / a_round) if a_round else STEPS * patience
        return min(STEPS * patience, max(FEWEST, affordable))


class Deadline:
    """A limit far beyond what is expected; what ends there is said to have.

    Args:
        steps: how many there are to be.
    """

    def __init__(self, steps: int, seconds: float = SECONDS) -> None:
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
