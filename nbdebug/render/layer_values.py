"""What shape a layer's activations are shown in."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Bool, Num

from nbdebug.measure.pooling import pool
from nbdebug.records import Activations, Grid

Kind = Literal["time", "positions", "units", "maps"]


@dataclass(frozen=True)
class LayerValues:
    """One example's activations (or their mean over examples), laid out for the eye.

    Args:
        kind: "time" is (position, unit) along the input's time; "positions" is (position, unit) along another axis;
            "units" is (unit,); "maps" is (row, column, unit).
        values: the numbers.
        mask: True where a position counts; None where all do.
        n_units: units of the layer itself; `values` may have more where other axes stand beside them.
        unit_name: what the unit axis is called.
        grid: where positions stand on the times of the input, None for a kind without them.
        note: what was done to the axes, "" for nothing.
    """

    kind: Kind
    values: Num[np.ndarray, "*axes unit"]
    mask: Bool[np.ndarray, "position"] | None
    n_units: int
    unit_name: str = "unit"
    grid: Grid | None = None
    note: str = ""


def laid_out(found: Activations) -> LayerValues:
    """The first (or only) example of `found`: time first, units last, and no more axes than the eye can take."""
    layer, values = found.layer, found.values[0]
    mask = None if found.mask is None or found.mask[0].all() else found.mask[0]
    time = None if layer.time_axis is None else layer.time_axis - 1
    if layer.unit_axis is None:
        values, n_units = values[..., np.newaxis], 1
    else:
        unit = layer.unit_axis - 1
        n_units = values.shape[unit]
        values = np.moveaxis(values, unit, -1)
        if time is not None and unit < time:
            time -= 1
    if time is not None:
        return _over_time(np.moveaxis(values, time, 0), mask, n_units, layer.time_grid)
    if values.ndim == 2 and len(values) == 1:  # of a category: an axis of one place tells nothing
        values = values[0]
    if values.ndim == 1:
        return LayerValues("units", values, None, n_units)
    if values.ndim == 2:
        return LayerValues("positions", values, mask, n_units)
    return _maps(values, n_units)


def _over_time(
    values: Num[np.ndarray, "position *axes unit"],
    mask: Bool[np.ndarray, "position"] | None,
    n_units: int,
    grid: Grid | None,
) -> LayerValues:
    flat = values.reshape(len(values), -1)
    if values.ndim == 2:
        return LayerValues("time", flat, mask, n_units, grid=grid)
    shape = " × ".join(str(size) for size in values.shape[1:])
    return LayerValues("time", flat, mask, n_units, "unit of place", grid, f"{shape} places and units side by side")


def _maps(values: Num[np.ndarray, "*axes row column unit"], n_units: int) -> LayerValues:
    if values.ndim == 3:
        return LayerValues("maps", values, None, n_units)
    rows, columns, units = values.shape[-3:]
    flat = values.reshape(-1, rows * columns * units).astype(np.float32)
    largest = pool(flat, 1, flat.shape[1]).reshape(rows, columns, units)
    return LayerValues("maps", largest, None, n_units, note="largest magnitude along the first axis")
