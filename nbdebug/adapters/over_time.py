"""How a prediction comes about over time: a head over time, or the layer whose mean over time the prediction is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from nbdebug.adapters.scores import output_scores
from nbdebug.measure.intake.heads import Reading
from nbdebug.measure.intake.intake import rows_of
from nbdebug.measure.losses import squash
from nbdebug.records import Grid, Layer, Output
from nbdebug.records.head import Head

_LAYERS = 4
_UNITS = 64


def over_time(
    probe: Any,
    output: Output,
    head: Head,
    reading: Reading,
    layers: Sequence[Layer],
    x: Mapping[str, np.ndarray],
    example: int,
    n_times: int,
) -> np.ndarray | None:
    """The prediction of one example at every input time, None where it has none.

    Where the head has no time, a unit of one of the last layers over time serves, if (and only if) its mean over the
    unmasked times is the prediction, with or without the head's own activation. Masked times are NaN.
    """
    if head.time_axis is not None:
        row = rows_of(x, (example,))
        score = output_scores(output, head, reading, probe.predict(row)[head.name])
        hidden = _hidden(score, _mask(probe, head, row))
        return None if score.ndim != 2 else _at_input_times(hidden[0], n_times, head.time_grid)
    n_examples = len(next(iter(x.values())))
    if output.kind == "multiclass" or len(head.shape) > 1:
        return None
    others = sorted({example, 0, n_examples // 2, n_examples - 1})
    rows = rows_of(x, others)
    wanted = output_scores(output, head, reading, probe.predict(rows)[head.name])
    squashed = reading.logits or head.activation == "sigmoid"
    candidates = [a.name for a in layers if a.time_axis == 1 and a.unit_axis == 2 and (a.n_units or _UNITS) < _UNITS]
    found = probe.trace(candidates[-_LAYERS:], rows) if candidates else {}
    grids = {layer.name: layer.time_grid for layer in layers}
    for name, (candidate, mask) in reversed(list(found.items())):
        lines = _lines_of(_hidden(candidate, mask), wanted, squashed, output.column)
        if lines is not None:
            return _at_input_times(lines[others.index(example)], n_times, grids[name])
    return None


def labels_over_time(
    probe: Any, head: Head, labels: np.ndarray, x: Mapping[str, np.ndarray], example: int, n_times: int
) -> np.ndarray:
    """The label of one example at every input time; NaN where it is missing and where time is padding.

    Args:
        labels: (example, position).
    """
    line = _hidden(labels[example : example + 1].astype(np.float64), _mask(probe, head, rows_of(x, (example,))))
    return _at_input_times(line[0], n_times, head.time_grid)


def _lines_of(values: np.ndarray, wanted: np.ndarray, squashed: bool, column: int | None) -> np.ndarray | None:
    """The unit, (example, time), whose mean over time is what is wanted, of every example looked at."""
    units = range(values.shape[2])
    for unit in sorted(units, key=lambda u: u != column):
        line = values[:, :, unit].astype(np.float64)
        mean = np.nanmean(line, axis=1)
        if np.allclose(mean, wanted, rtol=1e-4, atol=1e-5):
            return line
        if squashed and np.allclose(squash(mean, "binary"), wanted, rtol=1e-4, atol=1e-5):
            return squash(line, "binary")
    return None


def _hidden(values: np.ndarray, mask: np.ndarray | None) -> np.ndarray:
    """Values (example, time, ...) with NaN where a time is padding."""
    if mask is None or mask.shape != values.shape[:2]:
        return values
    return np.where(mask.reshape(mask.shape + (1,) * (values.ndim - 2)), values, np.nan)


def _mask(probe: Any, head: Head, row: Mapping[str, np.ndarray]) -> np.ndarray | None:
    return probe.activations(head.layer, row)[1] if head.layer is not None else None


def _at_input_times(line: np.ndarray, n_times: int, grid: Grid | None) -> np.ndarray:
    """A line over the positions of a head or layer at the times of the input; NaN at those that no position covers."""
    if grid is None or grid.n_times != n_times or len(line) != grid.n:
        return line
    times = range(n_times)
    found = line[[grid.position_of(time) for time in times]].astype(np.float64)
    found[[not grid.covers(time) for time in times]] = np.nan
    return found
