"""A slice from what was drawn over a figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

import ipywidgets as w
import numpy as np
from jaxtyping import Int

from nbdebug.panels.words import counted
from nbdebug.render.plain import Button, HBox, Label, VBox, show


@dataclass(frozen=True)
class Held:
    """Examples that a region holds.

    Args:
        examples: their positions.
        name: of the slice, unless the user says otherwise.
        drawn: what was drawn, in words; "" where the name says it.
    """

    examples: Int[np.ndarray, "inside"]
    name: str
    drawn: str = ""


Save = Callable[[Held], None]
"""Saves a slice."""


@runtime_checkable
class Drawn(Protocol):
    """What is drawn over a figure: a lasso, or an interval."""

    def ask(self, asked: bool) -> None:
        """Let it be drawn, or take it away."""

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call `callback()` when it was drawn, moved or taken away."""


class RegionSlice:
    """A button that lets a region be drawn; once one is, its examples can be named and saved.

    Args:
        region: of the figure.
        held: what it holds, None where none is drawn.
        save: saves the slice.
        title: of the button.
        hint: how to draw, with the keyboard too.
    """

    def __init__(self, region: Drawn, held: Callable[[], Held | None], save: Save, title: str, hint: str) -> None:
        self._region, self._held, self._save, self._hint = region, held, save, hint
        self._ask = w.ToggleButton(description=title, layout=w.Layout(width="auto"))
        self._ask.add_class("nbdebug-ask-region")
        self._ask.observe(lambda _change: self._asked(), "value")
        self._count = Label(css="nbdebug-caption")
        self._name = w.Text(layout=w.Layout(width="auto", flex="1 1 120px", min_width="0"))
        self._name.add_class("nbdebug-region-name")
        self._button = Button("Save", lambda _press: self._pressed(), css="nbdebug-save-slice")
        self._line = HBox([self._name, self._button], css="nbdebug-options")
        self.widget = VBox([HBox([self._ask], css="nbdebug-options"), self._count, self._line])
        region.on_change(self._changed)
        self._changed()

    def clear(self) -> None:
        """Other points are drawn: no region is chosen."""
        self._ask.value = False

    def _asked(self) -> None:
        self._region.ask(self._ask.value)
        self._changed()

    def _changed(self) -> None:
        held = self._held() if self._ask.value else None
        show(self._count, self._ask.value)
        show(self._line, held is not None and len(held.examples) > 0)
        if held is None:
            self._count.value = self._hint
            return
        self._name.placeholder = held.name
        self._count.value = f"{counted(len(held.examples), 'example')} inside{held.drawn and f': {held.drawn}'}."

    def _pressed(self) -> None:
        held = self._held()
        if held is not None and len(held.examples):
            self._save(replace(held, name=self._name.value.strip() or held.name))
            self._name.value = ""
            self._ask.value = False
