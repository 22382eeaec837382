"""A line below a cell that says how far a checkup is, and gives way to the report."""

from __future__ import annotations

from time import monotonic
from types import TracebackType
from typing import Any

from IPython.display import display

from nbdebug.records.report import Verdict

PATIENCE = 2.0
"""Seconds without a word."""
_EVERY = 0.5


class ProgressLine:
    """Shown only where a checkup takes longer than `PATIENCE`; `with` sees to it that it never stays as it was."""

    def __init__(self) -> None:
        self._begun = monotonic()
        self._next = self._begun + PATIENCE
        self._done, self._total = 0, 0
        self._handle: Any = None

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None and self._handle is not None:
            self._show(f"The checkup ended{self._far(' after')}.")

    def verdict(self, _made: Verdict, total: int) -> None:
        """One check more is done."""
        self._done, self._total = self._done + 1, total

    def pulse(self) -> None:
        """Time passes."""
        now = monotonic()
        if now >= self._next:
            self._next = now + _EVERY
            self._show(f"Checking for {now - self._begun:.0f} s{self._far(',')} …")

    def give_way(self, text: str) -> None:
        """Show what came of it in place of the line."""
        if self._handle is None:
            print(text)
        else:
            self._show(text)

    def _far(self, joined: str) -> str:
        return f"{joined} {self._done} of {self._total} checks" if self._done else ""

    def _show(self, text: str) -> None:
        said = {"text/plain": text}
        if self._handle is None:
            self._handle = display(said, raw=True, display_id=True)
        else:
            self._handle.update(said, raw=True)
