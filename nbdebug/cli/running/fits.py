"""Fits of a script: looked at, told on the console, and noted for the report."""

from __future__ import annotations

import sys
from typing import Any

from nbdebug.adapters.keras.watching.applied import on_applied
from nbdebug.adapters.keras.watching.preflight import Preflight, Watched
from nbdebug.adapters.keras.watching.telling import Teller
from nbdebug.adapters.keras.watching.watch import watch
from nbdebug.cli.running.limit import Limit
from nbdebug.cli.running.notes import Notes


def watch_fits(notes: Notes, limit: Limit) -> Preflight:
    """Watch every fit from now on."""
    tell = Teller(_print)

    def told(fit: Watched) -> None:
        if fit.report is not None:
            notes.add("fit", number=fit.number, fit={**fit.report.to_dict(), "notes": list(fit.notes)})
            tell(fit)

    preflight = Preflight(told, stop=limit.stop, deaf=lambda: not notes.ours)
    watch(preflight)
    on_applied(lambda: notes.add("applied"))
    return preflight


def _print(text: str) -> None:
    stream: Any = sys.__stderr__
    if stream is not None:
        print(text, file=stream, flush=True)
