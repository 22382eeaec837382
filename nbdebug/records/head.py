"""One array that a network puts out."""

from __future__ import annotations

from dataclasses import dataclass

from nbdebug.records.grid import Grid


@dataclass(frozen=True)
class Head:
    """One array that the model returns; an `Output` is a head or one of its columns.

    Args:
        name: as the model names it; the name of the layer that makes it where the model has no names of its own.
        shape: shape for one example, of the data at hand.
        activation: name of the last activation, "linear" where none is known.
        loss: name of the compiled loss, None where the model is not compiled with one for this head.
        time_axis: axis of the head that is time (0 is the example axis), None without one.
        layer: name of the layer call that makes this array, None where operations outside of any layer do.
        time_grid: where its positions stand on the times of the input, None without a time axis.
        of_logit: True where a gradient of this head is taken before its sigmoid or softmax.
    """

    name: str
    shape: tuple[int, ...]
    activation: str
    loss: str | None
    time_axis: int | None
    layer: str | None = None
    time_grid: Grid | None = None
    of_logit: bool = False
