"""The frame every panel stands in: heading, summary, copy, pop-out, and a body built when first opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

import ipywidgets as w

from nbdebug.errors import Cancelled
from nbdebug.panels.bench import Bench
from nbdebug.panels.closing import close_tree, held_by
from nbdebug.panels.parts.copy_button import CopyButton
from nbdebug.panels.parts.scrubber import Scrubber
from nbdebug.panels.picked_threshold import PickedThreshold
from nbdebug.panels.picked_unit import PickedUnit
from nbdebug.panels.trail import Trail
from nbdebug.panels.working import Task, Working, describe
from nbdebug.records import Selection
from nbdebug.records.progress import Progress
from nbdebug.render.plain import Button, HBox, Label, VBox


@dataclass(frozen=True)
class Shared:
    """What the panels of one view share.

    Args:
        scrubber: the time cursor; a panel adds its own cursor marks with `scrubber.add_cursors`.
        opened: opens the panel of that name.
        revealed: opens it and moves the keyboard's place, and so the eye, to it.
        popped: puts a panel into a tab of its own; None where there are no tabs.
        trail: what previous and next walk along.
        unit: the unit of the selected layer that is pointed at.
        threshold: what binary outputs are judged by.
        stale: looks whether the weights changed since, shows the banner if so, and tells.
        refreshed: lets all panels show the present weights; waits for the model, so never under the lock.
    """

    scrubber: Scrubber
    opened: Callable[[str], None]
    revealed: Callable[[str], None]
    popped: Callable[[Panel], None] | None
    stale: Callable[[], bool]
    refreshed: Callable[[], None]
    trail: Trail
    unit: PickedUnit
    threshold: PickedThreshold

    @classmethod
    def alone(cls, bench: Bench) -> Shared:
        """For a panel without a view around it."""
        scrubber = Scrubber.over(bench.time_axis, bench.store.selection.time)

        def nowhere(_name: str) -> None: ...

        stale, trail = lambda: bool(bench.stale()), Trail(bench.n_examples)
        return cls(scrubber, nowhere, nowhere, None, stale, bench.refresh, trail, PickedUnit(), PickedThreshold())


class Panel:
    """One collapsible panel of the sidebar; a subclass is one file in this folder.

    A subclass sets `name`, `title`, `order` and `depends`, and overrides `build`, `update` and `call`.

    Args:
        bench: the session's calls.
        shared: what it shares with the other panels of the view.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    order: ClassVar[int]
    depends: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, bench: Bench, shared: Shared) -> None:
        self.bench, self.shared, self.scrubber = bench, shared, shared.scrubber
        self.is_open = False
        self.is_popped = False
        self.working = Working(self.name, bench.jobs)
        self._built = False
        self._heading = Button(self.title, self.guarded(lambda _button: self.toggle()), css="nbdebug-heading")
        self.summary = Label(css="nbdebug-summary")
        self.body = VBox(css="nbdebug-body")
        self._head = HBox([self._heading, self.summary], css="nbdebug-head")
        self.widget = VBox([self._head], css=f"nbdebug-panel nbdebug-panel-{self.name}")

    def build(self) -> w.Widget:
        """The widgets of the body, without data."""
        raise NotImplementedError

    def update(self, selection: Selection, changed: frozenset[str]) -> None:
        """Show `selection`; `changed` names its fields that changed (all of `depends` when just opened)."""
        raise NotImplementedError

    def call(self, selection: Selection) -> str:
        """The session call that reproduces what is shown, as text to paste."""
        raise NotImplementedError

    @cached_property
    def _copy(self) -> CopyButton:
        return CopyButton()

    @cached_property
    def _tools(self) -> tuple[w.Widget, ...]:
        popped = self.shared.popped
        return (self._copy,) if popped is None else (self._copy, self._pop_button(popped))

    @property
    def live(self) -> bool:
        """Whether anybody sees the body."""
        return self.is_open or self.is_popped

    def toggle(self) -> None:
        """Open a closed panel, close an open one."""
        if self.is_open:
            self.close()
        else:
            self.open()

    def open(self) -> None:
        """Build the body if this is the first time, and show the selection; nothing happens if it is open."""
        if self.is_open:
            return
        was_live, self.is_open = self.live, True
        self._heading.add_class("nbdebug-open")
        self._head.children = (self._heading, self.summary, *self._tools)
        self.widget.children = (self._head, self.working.widget, self.body)
        if not was_live:
            self.refresh()

    def close(self) -> None:
        """Hide the body and stop what it was computing, unless a tab of its own still shows it."""
        self.is_open = False
        self._heading.remove_class("nbdebug-open")
        self._head.children = (self._heading, self.summary)
        self.widget.children = (self._head,)
        if not self.live:
            self.working.cancel()

    def pop(self, popped: bool) -> None:
        """Note that a tab of its own shows the body (again), or no longer does."""
        was_live, self.is_popped = self.live, popped
        if popped and not was_live:
            self.refresh()
        if not self.live:
            self.working.cancel()

    def refresh(self) -> None:
        """Show everything anew, as when just opened or after new weights."""
        if not self.shared.stale():
            self.selected(self.bench.store.selection, self.depends)
        elif not self._built:
            self.working.fail("The weights changed since: press Refresh to look at the present ones.")

    def renew(self) -> None:
        """The weights are new: show everything anew."""
        self.refresh()

    def reveal(self) -> None:
        """Open it and bring it into sight."""
        self.open()
        self._heading.focus()

    def release(self) -> None:
        """Stop, and close every widget that this panel holds, shown or not; what is shared is left alone."""
        self.working.cancel()
        own = [value for name, value in vars(self).items() if name not in ("bench", "shared", "scrubber")]
        close_tree(*held_by(*own), spare=[self.scrubber])

    def selected(self, selection: Selection, changed: frozenset[str]) -> None:
        """The selection changed: show it if somebody sees this panel and it cares."""
        if not self.live or not changed & self.depends:
            return
        try:
            self.working.fail("")
            if not self._built:
                self.body.children = (self.build(),)
                self._built = True
            self.copy_text(selection)
            self.update(selection, changed)
        except Exception as error:  # a broken panel must not take the others down: its error stands in it
            self.working.fail(describe(error))

    def copy_text(self, selection: Selection) -> None:
        """Let "copy this call" hand out the call behind what is shown now."""
        self._copy.text = self.call(selection)

    def select(self, **fields: Any) -> None:
        """Select these fields, for all panels."""
        self.bench.store.update(**fields)

    def guarded(self, answer: Callable[[Any], None]) -> Callable[[Any], None]:
        """`answer`, for `on_click` and `observe`: one answer at a time, and its exception stands in this panel."""

        def answer_guarded(event: Any) -> None:
            with self.bench.jobs.lock:
                try:
                    answer(event)
                except Exception as error:
                    self.working.fail(describe(error))

        return answer_guarded

    def _pop_button(self, popped: Callable[[Panel], None]) -> Button:
        tooltip = f"Open {self.title} in a tab of its own"
        return Button("⤢", self.guarded(lambda _button: popped(self)), tooltip=tooltip, css="nbdebug-pop")

    def work(self, task: Task) -> None:
        """Let `task` be computed, unless what is shown is of weights that are past."""

        def on_one_state(progress: Progress) -> Any:
            result = task.work(progress)
            if self.bench.stale():  # trained on meanwhile: this picture would be of other weights than its neighbours
                raise Cancelled
            return result

        if not self.shared.stale():
            self.working.run(replace(task, work=on_one_state))
