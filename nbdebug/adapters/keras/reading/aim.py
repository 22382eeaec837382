"""Where in a model a target lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nbdebug.errors import NbdebugError
from nbdebug.records.target import Target


@dataclass(frozen=True)
class Aim:
    """The tensor that a target lies in, and where in it.

    Args:
        target: what is asked for.
        time_axis, unit_axis: of that tensor.
        linear: layers whose activation is left out so that the head is its logit; None where there is no logit.
        shape: of the tensor, None for the example axis.
        compute: the narrowest number type of the model.
    """

    target: Target
    time_axis: int | None
    unit_axis: int | None
    linear: Sequence[Any] | None
    shape: tuple[int | None, ...]
    compute: str

    @property
    def kind(self) -> tuple[Any, ...]:
        """What decides the compiled function; positions and columns are arguments."""
        target = self.target
        several = None if target.positions is None else len(target.positions)
        return (target.layer, target.head, target.column is None, several)

    @property
    def of_logit(self) -> bool:
        """Whether a head is differentiated before its sigmoid or softmax."""
        return self.linear is not None

    @property
    def note(self) -> str:
        """Which axes the target is averaged over, in words."""
        averaged = [
            str(n)
            for axis, n in enumerate(self.shape)
            if axis > 0 and axis != self.unit_axis and (axis != self.time_axis or self.target.positions is None)
        ]
        return f"mean over {' x '.join(averaged)} positions" if averaged else ""

    def check(self) -> None:
        """Raise where the target lies outside its tensor."""
        target = self.target
        n_units = None if self.unit_axis is None else self.shape[self.unit_axis]
        if target.column is not None and n_units is not None and not 0 <= target.column < n_units:
            raise NbdebugError("There is no such unit.", got=str(target.column), fix=f"a unit from 0 to {n_units - 1}")
        if target.positions is None:
            return
        n = None if self.time_axis is None else self.shape[self.time_axis]
        if self.time_axis is None:
            raise NbdebugError(
                f"{target.layer or target.head} has no time axis.",
                got=f"positions={target.positions}",
                fix="leave the positions out",
            )
        outside = [p for p in target.positions if p < 0 or (n is not None and p >= n)]
        if outside or not target.positions:
            raise NbdebugError(
                f"{target.layer or target.head} has no such position.",
                got=str(outside or "no position at all"),
                fix=f"positions from 0 to {(n or 1) - 1}",
            )
