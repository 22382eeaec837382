"""What follows the time scrubber without asking the kernel."""

import zlib

import numpy as np
from anywidget import AnyWidget
from ipywidgets import Widget, widget_serialization
from jaxtyping import Float, UInt8
from traitlets import Bytes, Instance, Int, List, Unicode
from traitlets import Float as Number

from nbdebug.panels.parts.scrubber import Scrubber
from nbdebug.records import Grid
from nbdebug.render.static import module


class Follower(AnyWidget):  # type: ignore[misc]
    """Holds the activations of one layer in the browser and draws the profile of all units at the scrubbed time.

    It has no view: put it anywhere into the tree. The values are 8-bit codes with a range for each unit, so the profile
    is approximate to 1/255 of that range until `show_exact` brings the values themselves.

    Args:
        scrubber: whose time it follows.
        marks: bqplot Lines of steps whose y becomes the profile, its last value twice.
        cursors: bqplot Lines whose x becomes the middle of the layer's position.
        caption: a Label that says what the profile shows; its text starts with `of`.
        of: what is shown, such as "128 units of conv_2".
    """

    _esm = module("follower.js")
    scrubber = Instance(Scrubber, allow_none=True).tag(sync=True, **widget_serialization)
    marks = List(Instance(Widget)).tag(sync=True, **widget_serialization)
    cursors = List(Instance(Widget)).tag(sync=True, **widget_serialization)
    caption = Instance(Widget, allow_none=True).tag(sync=True, **widget_serialization)
    of = Unicode("").tag(sync=True)
    codes = Bytes(b"").tag(sync=True)
    scale = Bytes(b"").tag(sync=True)
    offset = Bytes(b"").tag(sync=True)
    shape = List(Int(), default_value=[0, 0]).tag(sync=True)
    n_positions = Int(0).tag(sync=True)
    edge = Number(-0.5).tag(sync=True)
    apart = Number(1.0).tag(sync=True)
    exact = Bytes(b"").tag(sync=True)
    exact_at = Int(-1).tag(sync=True)

    def hold(
        self,
        codes: UInt8[np.ndarray, "row unit"],
        scale: Float[np.ndarray, "unit"],
        offset: Float[np.ndarray, "unit"],
        *,
        grid: Grid,
        of: str = "",
    ) -> None:
        """Take over a layer's values: value = offset + scale * code; code 255 stands for NaN and Inf.

        Args:
            codes: units in the order drawn; fewer rows than positions where several share one, pooled by largest
                magnitude.
            scale, offset: of each unit.
            grid: where the layer's positions stand on the times of the input.
            of: what is shown.
        """
        with self.hold_sync():
            # a unit's times side by side deflate to about half; the fastest level, for a click waits for it
            self.codes = zlib.compress(np.ascontiguousarray(codes.T, np.uint8).tobytes(), 1)
            self.scale = np.asarray(scale, "<f4").tobytes()
            self.offset = np.asarray(offset, "<f4").tobytes()
            self.shape = list(codes.shape)
            self.n_positions, self.edge, self.apart, self.of = grid.n, grid.edge, grid.apart, of
            self.exact, self.exact_at = b"", -1

    def show_exact(self, position: int, values: Float[np.ndarray, "unit"]) -> None:
        """Replace the approximate profile at `position` by the values themselves."""
        with self.hold_sync():
            self.exact = np.asarray(values, "<f4").tobytes()
            self.exact_at = position

    def release(self) -> None:
        """Forget the values: nothing is drawn until `hold` is called again."""
        with self.hold_sync():
            self.codes, self.shape, self.exact, self.exact_at = b"", [0, 0], b"", -1
