"""What the user is looking at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Selection:
    """The one selection that all panels and `session.selection` share; None where nothing is selected.

    Args:
        output: name of the output.
        layer: name of the layer.
        example: position of the example in the data.
        time: input time, 0-based.
        slice: name of the slice.
    """

    output: str | None = None
    layer: str | None = None
    example: int | None = None
    time: int | None = None
    slice: str | None = None
