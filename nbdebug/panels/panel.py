"""The frame every panel stands in: heading, summary, copy, pop-out, and a body built when first opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import ipywidgets as w

from nbdebug.panels.bench import Bench
from nbdebug.panels.parts.copy_button import CopyButton
from nbdebug.panels.working import Working, describe
from nbdebug.records import Selection
from nbdebug.records.progress import Progress


class Panel:
    """One collapsible panel of the sidebar; a subclass is one file in this folder.

    A subclass sets `name`, `title`, `order` and `depends`, and overrides `build`, `update` and `call`.

    Args:
        bench: the session's calls.
        popped: called with this panel when the user wants it in a tab of its own.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    order: ClassVar[int]
    depends: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, bench: Bench, popped: Callable[[Panel], None]) -> None:
        self.bench = bench
        self.is_open = False
        self.working = Working(self.name, bench.jobs)
        self._built = False
        self._heading = w.Button(description=self.title)
        self._heading.add_class("nbdebug-heading")
        self._heading.on_click(lambda _button: self.toggle())
        self.summary = w.Label()
        self.summary.add_class("nbdebug-summary")
        self._copy = CopyButton()
        self._pop = w.Button(description="⤢", tooltip=f"Open {self.title} in a tab of its own")
        self._pop.add_class("nbdebug-pop")
        self._pop.on_click(lambda _button: popped(self))
        self.body = w.VBox()
        self.body.add_class("nbdebug-body")
        self._head = w.HBox([self._heading, self.summary])
        self._head.add_class("nbdebug-head")
        self.widget = w.VBox([self._head])
        self.widget.add_class("nbdebug-panel")
        self.widget.add_class(f"nbdebug-panel-{self.name}")

    def build(self) -> w.Widget:
        """The widgets of the body, without data."""
        raise NotImplementedError

    def update(self, selection: Selection, changed: frozenset[str]) -> None:
        """Show `selection`; `changed` names its fields that changed (all of `depends` when just opened)."""
        raise NotImplementedError

    def call(self, selection: Selection) -> str:
        """The session call that reproduces what is shown, as text to paste."""
        raise NotImplementedError

    def toggle(self) -> None:
        """Open a closed panel, close an open one."""
        if self.is_open:
            self.close()
        else:
            self.open()

    def open(self) -> None:
        """Build the body if this is the first time, and show the selection."""
        self.is_open = True
        self._heading.add_class("nbdebug-open")
        self._head.children = (self._heading, self.summary, self._copy, self._pop)
        self.widget.children = (self._head, self.working.widget, self.body)
        self.refresh()

    def close(self) -> None:
        """Hide the body and stop what it was computing."""
        self.is_open = False
        self._heading.remove_class("nbdebug-open")
        self.working.cancel()
        self._head.children = (self._heading, self.summary)
        self.widget.children = (self._head,)

    def refresh(self) -> None:
        """Show everything anew, as when just opened or after new weights."""
        self.selected(self.bench.store.selection, self.depends)

    def selected(self, selection: Selection, changed: frozenset[str]) -> None:
        """The selection changed: show it if this panel is open and cares."""
        if not self.is_open or not changed & self.depends or self.bench.stale():
            return
        try:
            if not self._built:
                self.body.children = (self.build(),)
                self._built = True
            self._copy.text = self.call(selection)
            self.update(selection, changed)
        except Exception as error:  # a broken panel must not take the others down: its error stands in it
            self.working.fail(describe(error))

    def work(
        self, work: Callable[[Progress], Any], done: Callable[[Any], None], *, key: str = "", doing: str = "computing"
    ) -> None:
        """Compute `work(progress)` off this thread and hand the result to `done`; the latest of one `key` wins."""
        self.working.run(work, done, key=key, doing=doing)
