"""What is being debugged, what was noticed about it, and whether what is shown is still true."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as w

from nbdebug.panels.bench import Bench
from nbdebug.panels.words import counted, facts


class Header:
    """Title, facts and notes of a session, with the banner that appears when its weights have changed.

    Args:
        bench: the session's calls.
        refreshed: called when the user wants everything computed anew.
        closed: called when the user wants to close the session.
    """

    def __init__(self, bench: Bench, refreshed: Callable[[], None], closed: Callable[[], None]) -> None:
        refresh = _button("⟳", "Compute everything anew with the present weights", refreshed)
        close = _button("✕", "Close this session and free its memory", closed)
        refresh.add_class("nbdebug-refresh")
        close.add_class("nbdebug-close")
        title = w.Label(bench.name, tooltip=bench.name)
        title.add_class("nbdebug-title")
        line = w.Label(facts(bench.n_examples, bench.inputs, len(bench.outputs)))
        line.add_class("nbdebug-facts")
        top = w.HBox([title, refresh, close])
        top.add_class("nbdebug-header-line")
        self._said = w.Label()
        again = _button("Refresh", "Compute everything anew with the present weights", refreshed)
        again.add_class("nbdebug-refresh-stale")
        self._banner = w.HBox([self._said, again])
        self._banner.add_class("nbdebug-banner")
        self._always = [top, line, *_notes(bench.notes)]
        self.widget = w.VBox(self._always)
        self.widget.add_class("nbdebug-header")

    def say_stale(self, why: str) -> None:
        """Show why what is shown is old; "" where it is not."""
        self._said.value = f"{why[:1].upper()}{why[1:]}. What is shown is from before." if why else ""
        self.widget.children = (*self._always, self._banner) if why else tuple(self._always)


def _button(text: str, tooltip: str, clicked: Callable[[], None]) -> w.Button:
    button = w.Button(description=text, tooltip=tooltip)
    button.on_click(lambda _button: clicked())
    return button


def _notes(notes: tuple[str, ...]) -> list[w.Widget]:
    if not notes:
        return []
    lines = w.VBox([w.Label(note) for note in notes], layout=w.Layout(display="none"))
    lines.add_class("nbdebug-notes")
    fold = _button(f"▸ {counted(len(notes), 'note')}", "What was noticed about the data", lambda: None)
    fold.add_class("nbdebug-notes-fold")

    def toggle(_button: w.Button) -> None:
        hidden = lines.layout.display == "none"
        lines.layout.display = None if hidden else "none"
        fold.description = f"{'▾' if hidden else '▸'} {counted(len(notes), 'note')}"

    fold.on_click(toggle)
    return [fold, lines]
