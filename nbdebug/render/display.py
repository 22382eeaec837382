"""Records show as figures in a notebook, and as a line where there is no browser."""

from __future__ import annotations

from typing import Any

from nbdebug.records import Activations, Sensitivity, UnitStatistics

RECORDS = (Activations, Sensitivity, UnitStatistics)


def register(shell: Any) -> None:
    """Let the display formatters of an IPython shell draw records; doing it twice does no harm."""
    for record in RECORDS:
        shell.display_formatter.mimebundle_formatter.for_type(record, _bundle)
        shell.display_formatter.formatters["text/plain"].for_type(record, _line)


def unregister(shell: Any) -> None:
    """Take the figures away again; the records show as any other object."""
    for record in RECORDS:
        shell.display_formatter.mimebundle_formatter.pop(record, None)
        shell.display_formatter.formatters["text/plain"].pop(record, None)


def _bundle(record: Any, include: Any = None, exclude: Any = None) -> Any:
    from nbdebug.render.inline import render, summary  # bqplot loads when the first record is drawn

    bundle = render(record)._repr_mimebundle_(include=include, exclude=exclude)
    data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    return {**data, "text/plain": summary(record)}, metadata


def _line(record: Any, printer: Any, _cycle: bool) -> None:
    from nbdebug.render.inline import summary

    printer.text(summary(record))
