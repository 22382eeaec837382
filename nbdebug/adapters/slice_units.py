"""What the units of some layers do on the examples of a slice, against all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from jaxtyping import Bool

from nbdebug.errors import NbdebugError
from nbdebug.measure.intake.intake import rows_of
from nbdebug.measure.slices.internals import UnitDifferences
from nbdebug.records import Layer
from nbdebug.records.progress import Progress


def compare_units(
    probe: Any,
    layers: Sequence[Layer],
    x: Mapping[str, np.ndarray],
    inside: Bool[np.ndarray, "example"],
    progress: Progress | None = None,
) -> dict[str, UnitDifferences]:
    """One pass over all examples, a batch at a time; axes beside time and unit (rows, columns) are averaged.

    Args:
        probe: the model.
        layers: those that have units.
        x: input name -> (example, ...).
        inside: which examples the slice holds.
        progress: called after each batch.

    Raises:
        NbdebugError: the slice holds no example or every one.
    """
    if inside.all() or not inside.any():
        raise NbdebugError(
            "There is nothing to compare.",
            got=f"a slice of {int(inside.sum()):,} of {len(inside):,} examples",
            fix="a slice that holds some of the examples",
        )
    found, n = {layer.name: UnitDifferences() for layer in layers}, len(inside)
    for start in range(0, n, probe.batch_size):
        rows = range(start, min(start + probe.batch_size, n))
        traced = probe.trace(list(found), rows_of(x, rows))
        for layer in layers:
            values, mask = traced[layer.name]
            mask = None if layer.time_axis is None else mask
            found[layer.name].update(_by_unit(values, layer), inside[rows.start : rows.stop], mask)
        if progress is not None:
            progress(rows.stop, n)
    return found


def _by_unit(values: np.ndarray, layer: Layer) -> np.ndarray:
    """(example, time, unit), or (example, unit) where there is no time."""
    kept = [axis for axis in (0, layer.time_axis, layer.unit_axis) if axis is not None]
    others = tuple(axis for axis in range(values.ndim) if axis not in kept)
    moved = values.transpose(*kept, *others)
    return moved.mean(axis=tuple(range(len(kept), values.ndim)), dtype=np.float64) if others else moved
