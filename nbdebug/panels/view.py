"""The sidebar's content for one session: header, selection, controls and panels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

import ipywidgets as w

from nbdebug.panels.bench import Bench
from nbdebug.panels.closing import close_tree, held_by
from nbdebug.panels.controls import Controls
from nbdebug.panels.header import Header
from nbdebug.panels.panel import Panel, Shared
from nbdebug.panels.parts.scrubber import Scrubber
from nbdebug.panels.picked_threshold import PickedThreshold
from nbdebug.panels.picked_unit import PickedUnit
from nbdebug.panels.trail import Trail
from nbdebug.panels.walk import panel_types
from nbdebug.panels.words import selection_text
from nbdebug.records import Selection
from nbdebug.render.plain import Label, VBox

Popped = Callable[[w.Widget, str, Callable[[], None]], None]


class View:
    """Everything that is shown of one session; all of it shows the one selection.

    Args:
        session: the session's calls.
        popped: `popped(widget, title, returned)` puts a widget into a tab of its own and calls `returned` when that is
            closed; None where there are no tabs.
        opened: names of the panels that are open from the start.
    """

    def __init__(
        self, session: Bench, popped: Popped | None = None, opened: tuple[str, ...] = ("activations",)
    ) -> None:
        self.session = session
        self._popped = popped
        self._tabs: dict[str, w.Widget] = {}
        self._stale = ""
        _fill(session)
        selection = session.store.selection
        self._scrubber = Scrubber.over(session.time_axis, selection.time)
        self._header = Header(session, self.refresh, session.close)
        self._controls = Controls(session, self._scrubber)
        self._bar = Label(css="nbdebug-selection")
        trail, pop = Trail(session.n_examples), self._pop if popped else None
        stale = lambda: bool(self.check())  # noqa: E731
        picked = PickedUnit(), PickedThreshold()
        shared = Shared(self._scrubber, self.open, self.reveal, pop, stale, self.refresh, trail, *picked)
        self.panels: dict[str, Panel] = {kind.name: kind(session, shared) for kind in panel_types()}
        top = VBox([self._bar, self._controls.widget], css="nbdebug-sticky")
        self.widget = VBox(
            [self._header.widget, top, *(panel.widget for panel in self.panels.values())], css="nbdebug-view"
        )
        self._show(selection)
        self._stop_observing = session.store.observe(self._changed)
        self._stop_hearing = session.jobs.on_end(lambda: self._header.say_notes(session.notes))
        for name in opened:
            self.open(name)

    def open(self, name: str) -> None:
        """Open the panel of that name."""
        if name in self.panels:
            with self.session.jobs.lock:
                self.panels[name].open()

    def reveal(self, name: str) -> None:
        """Open the panel of that name and bring it into sight."""
        if name in self.panels:
            with self.session.jobs.lock:
                self.panels[name].reveal()

    def check(self, anew: bool = False) -> str:
        """Look whether the weights changed since the session looked at them; says so in a banner and here.

        Args:
            anew: look even if somebody has just looked, as after a cell that may have trained.
        """
        why = self.session.stale(anew)
        if why == self._stale:
            return why
        with self.session.jobs.lock:
            was, self._stale = self._stale, why
            self._header.say_stale(why)
            for root in (self.widget, *self._tabs.values()):
                root.add_class("nbdebug-stale") if why else root.remove_class("nbdebug-stale")
            for panel in self.panels.values():
                if why:
                    panel.working.cancel()
                elif was:
                    panel.renew()
        return why

    def refresh(self) -> None:
        """Take the present weights as what is being looked at, and show everything anew."""
        for panel in self.panels.values():
            panel.working.cancel()
        self.session.refresh()  # waits for the model, so not under the lock
        if not self._stale:
            with self.session.jobs.lock:
                for panel in self.panels.values():
                    panel.renew()
        self.check()

    def close(self) -> None:
        """End this view's work and free its widgets; the session lives on."""
        self._stop_observing()
        with self.session.jobs.lock:
            self._stop_hearing()
            for panel in self.panels.values():
                panel.release()
            close_tree(*self._tabs.values(), self.widget, self._scrubber, *held_by(self._header))
            self._tabs.clear()

    def _changed(self, selection: Selection, changed: frozenset[str]) -> None:
        stale = self.check()
        with self.session.jobs.lock:
            self._show(selection)
            if "layer" in changed:
                self.session.store.update(time=self._controls.snapped(selection))
            if not stale:
                for panel in self.panels.values():
                    panel.selected(selection, changed)

    def _show(self, selection: Selection) -> None:
        name = "" if selection.example is None else self.session.example_name(selection.example)
        self._bar.value = selection_text(selection, self.session.time_axis, name)
        self._controls.show(selection)

    def _pop(self, panel: Panel) -> None:
        assert self._popped is not None
        if panel.name not in self._tabs:
            self._tabs[panel.name] = self._tab(panel)
        panel.pop(True)
        title = f"{panel.title} of {self.session.name}"
        self._popped(self._tabs[panel.name], title, lambda: self._returned(panel))

    def _tab(self, panel: Panel) -> w.Widget:
        shared = [self._scrubber] if "time" in panel.depends and self.session.time_axis.n > 1 else []
        top = VBox([self._bar, *shared], css="nbdebug-sticky")
        tab = VBox([top, panel.working.widget, panel.body])
        for css in ("nbdebug-view", "nbdebug-tab", *["nbdebug-stale"] * bool(self._stale)):
            tab.add_class(css)
        return tab

    def _returned(self, panel: Panel) -> None:
        with self.session.jobs.lock:
            panel.pop(False)


def _fill(session: Bench) -> None:
    """Select something of each kind where nothing is selected, so that the first picture needs no click."""
    defaults = {
        "output": next((output.name for output in session.outputs), None),
        "layer": _first_layer(session),
        "example": 0 if session.n_examples else None,
        "time": session.time_axis.n // 2 if session.time_axis.n else None,
    }
    selected = asdict(session.store.selection)
    session.store.update(**{name: value for name, value in defaults.items() if selected[name] is None})


def _first_layer(session: Bench) -> str | None:
    """The first layer with weights and time; the first with units where none has time."""
    shown = [layer for layer in session.layers if layer.output_shape is not None and layer.unit_axis is not None]
    with_weights = [layer for layer in shown if layer.n_parameters] or shown
    with_time = [layer for layer in with_weights if layer.time_axis is not None]
    return next((layer.name for layer in with_time or with_weights), None)
