"""Where output, layer, example and time are picked."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from nbdebug.panels.bench import Bench
from nbdebug.panels.parts.scrubber import Scrubber
from nbdebug.records import Layer, Selection
from nbdebug.render.plain import Button, HBox, VBox


class Controls:
    """The pickers above the panels; they show the selection and change it.

    Args:
        bench: the session's calls.
        scrubber: the time cursor.
    """

    def __init__(self, bench: Bench, scrubber: Scrubber) -> None:
        self._bench, self._scrubber = bench, scrubber
        self._layers = {layer.name: layer for layer in bench.layers if layer.output_shape is not None}
        self._output = _dropdown("Output", [output.name for output in bench.outputs], "nbdebug-output")
        self._layer = _dropdown("Layer", list(self._layers), "nbdebug-layer")
        self._example = w.BoundedIntText(
            min=0,
            max=bench.n_examples - 1,
            description="Example",
            style={"description_width": "auto"},
            layout=w.Layout(width="auto", flex="1 1 110px", min_width="0"),
        )
        self._example.add_class("nbdebug-example-number")
        self._showing = False
        self._output.observe(lambda change: self._pick(output=change["new"]), "value")
        self._layer.observe(lambda change: self._pick_layer(change["new"]), "value")
        self._example.observe(lambda change: self._pick(example=change["new"]), "value")
        scrubber.on_rest(lambda time: self._pick(time=time))
        pickers = [self._output] * (len(bench.outputs) > 1) + [self._layer]
        step = HBox([self._stepper("‹", -1), self._example, self._stepper("›", 1)], css="nbdebug-options")
        which = HBox(pickers, css="nbdebug-options")
        scrubber.layout.display = None if bench.time_axis.n > 1 else "none"  # hidden, not left out: it brings the style
        self.widget = VBox([which, step, scrubber], css="nbdebug-controls")

    def show(self, selection: Selection) -> None:
        """Let the pickers say what is selected; called under the lock."""
        self._showing = True
        try:
            if selection.output in self._output.options:
                self._output.value = selection.output
            if selection.layer in self._layer.options:
                self._layer.value = selection.layer
            if selection.example is not None:
                self._example.value = selection.example
            if selection.time is not None and selection.time != self._scrubber.time:
                with self._scrubber.hold_sync():  # committed as well, else coming back to the same time is no news
                    self._scrubber.time = self._scrubber.committed = selection.time
        finally:
            self._showing = False

    def snapped(self, selection: Selection) -> int | None:
        """The selected time, moved to the first of the times that one position of the selected layer covers."""
        layer = self._layers.get(selection.layer or "")
        return snap(selection.time, layer)

    def _pick(self, **fields: Any) -> None:
        with self._bench.jobs.lock:
            if not self._showing:  # what `show` writes is no pick: it would undo a later one
                self._bench.store.update(**fields)

    def _pick_layer(self, name: str) -> None:
        self._pick(layer=name, time=snap(self._bench.store.selection.time, self._layers[name]))

    def _stepper(self, text: str, step: int) -> Button:
        tooltip, css = ("Next example", "nbdebug-next") if step > 0 else ("Previous example", "nbdebug-previous")
        return Button(text, lambda _button: self._step(step), tooltip=tooltip, css=css)

    def _step(self, step: int) -> None:
        example = (self._bench.store.selection.example or 0) + step
        if 0 <= example < self._bench.n_examples:
            self._bench.store.update(example=example)


def snap(time: int | None, layer: Layer | None) -> int | None:
    """`time`, moved to the first of the times that one position of `layer` covers."""
    grid = None if layer is None else layer.time_grid
    if time is None or grid is None or grid.span == 1:
        return time
    return grid.span_of(grid.position_of(time))[0]


def _dropdown(title: str, options: list[str], css: str) -> w.Dropdown:
    picker = w.Dropdown(
        options=options,
        value=None,
        description=title,
        style={"description_width": "auto"},
        layout=w.Layout(width="auto", flex="1 1 130px"),
    )
    picker.add_class(css)
    return picker
