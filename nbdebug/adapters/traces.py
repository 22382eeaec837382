"""What the units put out, for chosen examples or as a mean over all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from nbdebug.errors import NbdebugError
from nbdebug.measure.intake.intake import rows_of
from nbdebug.measure.memory import as_text
from nbdebug.records import Activations, Layer
from nbdebug.records.progress import Progress

LARGEST_RESULT = 2_000_000_000
"""Bytes of activations that one call may return."""


def trace(
    probe: Any,
    layer: Layer,
    x: Mapping[str, np.ndarray],
    examples: Sequence[int],
    *,
    training: bool,
    fingerprint: str,
    progress: Progress | None,
) -> Activations:
    """The output of one layer for the examples at these positions.

    Raises:
        NbdebugError: the layer has no array output, or the result would be larger than `LARGEST_RESULT`.
    """
    check_traceable(layer)
    check_size(layer, len(examples))
    values, mask = probe.activations(layer.name, rows_of(x, examples), training=training, progress=progress)
    return Activations(layer, tuple(examples), values, mask, training, fingerprint)


def mean_trace(
    probe: Any,
    layer: Layer,
    x: Mapping[str, np.ndarray],
    examples: Sequence[int],
    *,
    fingerprint: str,
    progress: Progress | None,
) -> Activations:
    """The mean output of one layer over these examples, padding left out; values (1, *axes, unit).

    NaN where a position is padding in every example. Memory holds one batch at a time.
    """
    check_traceable(layer)
    n, batch_size = len(examples), probe.batch_size
    total: np.ndarray | None = None
    counted: Any = 0
    time_axis = layer.time_axis or 1
    for start in range(0, n, batch_size):
        rows = examples[start : start + batch_size]
        values, mask = probe.activations(layer.name, rows_of(x, rows))
        shown = np.ones((len(values), 1), bool) if mask is None else mask
        shown = np.moveaxis(shown.reshape(shown.shape + (1,) * (values.ndim - 2)), 1, time_axis)
        part = np.where(shown, values, 0).sum(axis=0, dtype=np.float64)
        total = part if total is None else total + part
        counted = counted + shown.sum(axis=0)
        if progress is not None:
            progress(start + len(rows), n)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (np.asarray(total) / counted)[np.newaxis].astype(np.float32)
    unmasked = np.reshape(counted > 0, (1, -1))
    mask = None if unmasked.all() else unmasked
    return Activations(layer, tuple(examples), mean, mask, False, fingerprint, mean=True)


def check_traceable(layer: Layer) -> None:
    """Complain about a layer whose output is no single array.

    Raises:
        NbdebugError: it is not; the layer's own reason says why.
    """
    if layer.output_shape is None:
        raise NbdebugError(
            f"The layer {layer.name} cannot be shown.",
            got=layer.reason or "no single array output",
            fix="pick another of session.layers",
        )


def check_size(layer: Layer, n_examples: int) -> None:
    """Complain about a result that would fill the memory.

    Raises:
        NbdebugError: more than `LARGEST_RESULT` bytes.
    """
    each = 4 * math.prod(d or 1 for d in (layer.output_shape or ())[1:])
    if each * n_examples > LARGEST_RESULT:
        raise NbdebugError(
            f"The activations of {layer.name} for that many examples would not fit.",
            got=f"{n_examples:,} examples, {as_text(each * n_examples)}",
            fix=f"at most {max(1, LARGEST_RESULT // each):,} examples at once, for example "
            f"session.activations({layer.name!r}, range({max(1, LARGEST_RESULT // each)})); "
            "session.unit_statistics() sums up all examples",
        )
