"""Fits of a script: looked at, told on the console, and noted for the report."""

from __future__ import annotations

import sys
from typing import Any

from nbdebug.adapters.keras.preflight import Preflight, Watched
from nbdebug.adapters.keras.watching import watch
from nbdebug.cli.running.limit import Limit
from nbdebug.cli.running.notes import Notes


def watch_fits(notes: Notes, limit: Limit) -> Preflight:
    """Watch every fit from now on."""
    console = _Console()

    def told(fit: Watched) -> None:
        if fit.report is not None:
            notes.add("fit", number=fit.number, fit={**fit.report.to_dict(), "notes": list(fit.notes)})
            console.tell(fit)

    preflight = Preflight(told, stop=limit.stop, deaf=lambda: not notes.ours)
    watch(preflight)
    return preflight


class _Console:
    """Says once what was found in each fit."""

    def __init__(self) -> None:
        self._said: dict[int, set[str]] = {}

    def tell(self, fit: Watched) -> None:
        report = fit.report
        if report is None:
            return
        said = self._said.setdefault(fit.number, set())
        new = [finding for finding in report if finding.why not in said]
        title = f"nbdebug, fit {fit.number + 1}"
        if not said and not new:
            _print(f"{title}: {report.summary()}{' ' if fit.notes else ''}{' '.join(fit.notes)}")
        for finding in new:
            _print(f"{title}, {finding.severity}: {finding.why}\n  mend: {_indented(finding.fix)}")
        said.update((*(finding.why for finding in report), ""))


def _indented(text: str) -> str:
    return text.replace("\n", "\n        ")


def _print(text: str) -> None:
    stream: Any = sys.__stderr__
    if stream is not None:
        print(text, file=stream, flush=True)
