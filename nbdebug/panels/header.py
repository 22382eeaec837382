"""What is being debugged, what was noticed about it, and whether what is shown is still true."""

from __future__ import annotations

from collections.abc import Callable

from nbdebug.panels.bench import Bench
from nbdebug.panels.closing import close_tree
from nbdebug.panels.parts.input_groups import input_groups
from nbdebug.panels.words import counted, facts
from nbdebug.render.plain import Button, HBox, Label, VBox

_ANEW = "Compute everything anew with the present weights"
_NOTICED = "What was noticed about the data and while computing"


class Header:
    """Title, facts and notes of a session, with the banner that appears when its weights have changed.

    Args:
        bench: the session's calls.
        refreshed: called when the user wants everything computed anew.
        closed: called when the user wants to close the session.
    """

    def __init__(self, bench: Bench, refreshed: Callable[[], None], closed: Callable[[], None]) -> None:
        refresh = _button("⟳", _ANEW, refreshed, "nbdebug-refresh")
        close = _button("✕", "Close this session and free its memory", closed, "nbdebug-close")
        title = Label(bench.name, tooltip=bench.name, css="nbdebug-title")
        shown = [group.given for group in input_groups(bench.inputs)]
        line = Label(facts(bench.n_examples, shown, len(bench.outputs)), css="nbdebug-facts")
        top = HBox([title, refresh, close], css="nbdebug-header-line")
        self._said = Label()
        again = _button("Refresh", _ANEW, refreshed, "nbdebug-refresh-stale")
        self._banner = HBox([self._said, again], css="nbdebug-banner")
        self._notes = Notes()
        self._always = (top, line, self._notes.widget)
        self.widget = VBox(self._always, css="nbdebug-header")
        self.say_notes(bench.notes)

    def say_stale(self, why: str) -> None:
        """Show why what is shown is old; "" where it is not."""
        self._said.value = f"{why[:1].upper()}{why[1:]}. What is shown is from before." if why else ""
        self.widget.children = (*self._always, self._banner) if why else self._always

    def say_notes(self, notes: tuple[str, ...]) -> None:
        """Show what was noticed so far."""
        self._notes.show(notes)


class Notes:
    """What was noticed, folded into one line that says how much it is."""

    def __init__(self) -> None:
        self._said: tuple[str, ...] = ()
        self._open = False
        self._fold = _button("", _NOTICED, self._toggle, "nbdebug-notes-fold")
        self._lines = VBox(css="nbdebug-notes")
        self.widget = VBox()

    def show(self, notes: tuple[str, ...]) -> None:
        """Say these, and nothing where there are none."""
        if notes == self._said:
            return
        old = self._lines.children
        self._said = notes
        self._lines.children = tuple(Label(note) for note in notes)
        self._arrange()
        close_tree(*old)

    def _toggle(self) -> None:
        self._open = not self._open
        self._arrange()

    def _arrange(self) -> None:
        self._fold.description = f"{'▾' if self._open else '▸'} {counted(len(self._said), 'note')}"
        shown = (self._fold, self._lines) if self._open else (self._fold,)
        self.widget.children = shown if self._said else ()


def _button(text: str, tooltip: str, clicked: Callable[[], None], css: str) -> Button:
    return Button(text, lambda _button: clicked(), tooltip=tooltip, css=css)
