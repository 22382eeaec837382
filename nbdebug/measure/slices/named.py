"""The slices of a session, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from jaxtyping import Bool

from nbdebug.errors import NbdebugError
from nbdebug.measure.slices.columns import columns_of
from nbdebug.measure.slices.query import holds

Where = str | np.ndarray


class NamedSlices:
    """What each name stands for: a query, or a set of examples. A query is a name too."""

    def __init__(self) -> None:
        self._where: dict[str, Where] = {}
        self._notes: dict[str, str] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """In the order in which they were named."""
        return tuple(self._where)

    def keep(self, name: str, where: Where, note: str = "") -> None:
        """Let a name stand for a query or a set, from now on.

        Args:
            name: of the slice.
            where: a query, or one true or false an example.
            note: what has to be said with it.
        """
        self._where[name] = where.copy() if isinstance(where, np.ndarray) else where
        self._notes[name] = note

    def note(self, where: Any) -> str:
        """What has to be said with the slice of that name; "" where that is nothing, or it is no name."""
        return self._notes.get(where, "") if isinstance(where, str) else ""

    def take_over(self, old: NamedSlices, lost: Callable[[Where], str]) -> dict[str, str]:
        """Keep what another one has kept.

        Args:
            old: the other one.
            lost: tells why a query or set means nothing any more; "" where it does.

        Returns:
            The names that are left out, and why.
        """
        reasons = {name: lost(where) for name, where in old._where.items()}
        for name, where in old._where.items():
            if not reasons[name]:
                self.keep(name, where, old._notes[name])
        return {name: why for name, why in reasons.items() if why}

    def meant(self, where: Any) -> Where:
        """The query or set behind a name; what is no name stands for itself."""
        return self._where.get(where, where) if isinstance(where, str) else np.asarray(where)

    def rows(
        self, where: Any, table: pd.DataFrame, metadata: pd.DataFrame | None
    ) -> Bool[np.ndarray, "example"] | None:
        """Which examples it holds; None for None, which holds all.

        Args:
            where: a name, a query, one true or false an example, or None.
            table: of `example_table`.
            metadata: a row an example, or None.

        Raises:
            NbdebugError: a query that cannot be told, or a mask that is none.
        """
        if where is None:
            return None
        meant = self.meant(where)
        if isinstance(meant, str):
            return holds(meant, columns_of(table, metadata))[0]
        if meant.dtype != bool or meant.shape != (len(table),):
            raise NbdebugError(
                "This is not one true or false an example.",
                got=f"{meant.dtype} of shape {meant.shape} for {len(table):,} examples",
                fix='a boolean array, or a query such as "device == 1 and age > 60"',
            )
        return meant
