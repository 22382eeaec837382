"""A slice from a region of a figure."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as w
import numpy as np

from nbdebug.panels.words import counted
from nbdebug.render.plain import Button, HBox, Label, VBox, show
from nbdebug.render.region import Region

Save = Callable[[np.ndarray, str], None]
"""Takes the positions of the examples, and the name of the slice."""


class RegionSlice:
    """A button that lets a region be drawn; once one is, its examples can be named and saved.

    Args:
        region: of the figure.
        inside: the examples in it, None where none is drawn.
        told: what the region is called unless the user says otherwise.
        save: saves the slice.
    """

    def __init__(
        self, region: Region, inside: Callable[[], np.ndarray | None], told: Callable[[], str], save: Save
    ) -> None:
        self._region, self._inside, self._told, self._save = region, inside, told, save
        self._ask = w.ToggleButton(description="Slice from a region", layout=w.Layout(width="auto"))
        self._ask.add_class("nbdebug-ask-region")
        self._ask.observe(lambda _change: self._asked(), "value")
        self._count = Label(css="nbdebug-caption")
        self._name = w.Text(layout=w.Layout(width="auto", flex="1 1 120px", min_width="0"))
        self._name.add_class("nbdebug-region-name")
        self._button = Button("Save", lambda _press: self._pressed(), css="nbdebug-save-slice")
        self._line = HBox([self._name, self._button], css="nbdebug-options")
        self.widget = VBox([HBox([self._ask], css="nbdebug-options"), self._count, self._line])
        region.on_change(self._drawn)
        self._drawn()

    def clear(self) -> None:
        """Other points are drawn: no region is chosen."""
        self._ask.value = False

    def _asked(self) -> None:
        self._region.ask(self._ask.value)
        self._drawn()

    def _drawn(self) -> None:
        examples = self._inside() if self._ask.value else None
        show(self._count, self._ask.value)
        show(self._line, examples is not None and len(examples) > 0)
        if examples is None:
            self._count.value = "Drag over the picture."
            return
        self._name.placeholder = self._told()
        self._count.value = f"{counted(len(examples), 'example')} inside."

    def _pressed(self) -> None:
        examples = self._inside()
        if examples is not None and len(examples):
            self._save(examples, self._name.value.strip() or self._told())
            self._name.value = ""
            self._ask.value = False
