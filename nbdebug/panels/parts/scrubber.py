"""The time scrubber: moved in the browser, told to the kernel once it rests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from anywidget import AnyWidget
from ipywidgets import Widget, widget_serialization
from traitlets import Bool, Float, Instance, Int, List, Unicode

from nbdebug.records.time_axis import TimeAxis
from nbdebug.render.static import module, styles


class Scrubber(AnyWidget):  # type: ignore[misc]
    """An input of type range, class `nbdebug-time`, with the time in words beside it.

    While it moves only the browser acts: it moves the `cursors` and every `Follower` that refers to this scrubber.
    After `rest_ms` without a move, or when the input is left, `committed` is sent to the kernel, once.

    The view makes one and hands it to each panel as its `scrubber`; a panel adds its cursors with `add_cursors`.

    Args:
        time: the input time that is shown; write it to move the scrubber from the kernel.
        committed: the time at which the scrubber last came to rest, -1 before.
        n_times: how many times there are.
        step, unit: how far apart two times are, as in `TimeAxis`.
        cursors: bqplot Lines of two points whose x follows the time.
        rest_ms: how long the scrubber must rest, in milliseconds.
        input_class: CSS class of the input; another one for a second range that is not the view's cursor.
        label: what the input is called, for screen readers.
    """

    _esm = module("scrubber.js")
    _css = styles()
    time = Int(0).tag(sync=True)
    committed = Int(-1).tag(sync=True)
    n_times = Int(1).tag(sync=True)
    step = Float(1.0).tag(sync=True)
    unit = Unicode("").tag(sync=True)
    disabled = Bool(False).tag(sync=True)
    cursors = List(Instance(Widget)).tag(sync=True, **widget_serialization)
    rest_ms = Int(400).tag(sync=True)
    input_class = Unicode("nbdebug-time").tag(sync=True)
    label = Unicode("time").tag(sync=True)

    @classmethod
    def over(cls, axis: TimeAxis, time: int | None = None) -> Scrubber:
        """A scrubber over `axis`; disabled where the input has no time."""
        return cls(n_times=max(axis.n, 1), step=axis.step, unit=axis.unit, time=time or 0, disabled=axis.n < 2)

    def on_rest(self, callback: Callable[[int], None]) -> None:
        """Call `callback(time)` each time the scrubber comes to rest somewhere new."""

        def rested(change: Any) -> None:
            if change["new"] >= 0:
                callback(change["new"])

        self.observe(rested, "committed")

    def add_cursors(self, *marks: Widget) -> None:
        """Let the x of these Lines follow the time."""
        self.cursors = [*self.cursors, *(mark for mark in marks if mark not in self.cursors)]

    def drop_cursors(self, *marks: Widget) -> None:
        """Let these Lines rest again."""
        self.cursors = [mark for mark in self.cursors if mark not in marks]
