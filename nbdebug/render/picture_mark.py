"""A picture within a figure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import bqplot as bq
import numpy as np

from nbdebug.render.colours import EMPTY, palette
from nbdebug.render.plain import Image
from nbdebug.render.raster import png

BLANK = png(np.full((1, 1), EMPTY, np.uint8), palette(False))


class PictureMark:
    """A bqplot image whose picture can be exchanged.

    The mark draws anew only when it is given another image widget, so each picture is one; the one before is closed.
    """

    def __init__(self, x: bq.Scale, y: bq.Scale) -> None:
        self.mark = bq.Image(image=Image(BLANK), scales={"x": x, "y": y})

    def show(self, data: bytes, *, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Draw the PNG `data` between these places on the axes."""
        before = self.mark.image
        with self.mark.hold_sync():
            self.mark.x, self.mark.y = np.array(x), np.array(y)
            self.mark.image = Image(data)
        before.close()

    def stretch(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Draw the same picture between these places."""
        with self.mark.hold_sync():
            self.mark.x, self.mark.y = np.array(x), np.array(y)

    def clear(self) -> None:
        """Draw nothing."""
        self.show(BLANK, x=(0.0, 1.0), y=(0.0, 1.0))

    def on_pick(self, callback: Callable[[float, float], None]) -> None:
        """Call `callback(x, y)` with the place of a click on the axes."""

        def picked(_mark: object, content: Any) -> None:
            callback(float(content["data"]["click_x"]), float(content["data"]["click_y"]))

        self.mark.on_element_click(picked)
