"""How much memory a batch takes, before it is taken."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nbdebug.adapters.keras.reading.taps import Recorder
from nbdebug.adapters.keras.structure import Inputs
from nbdebug.measure.memory import as_text, available_bytes

_LIVE_COPIES = 2
"""A layer's output and the buffer it is made in are held at the same time."""
_SHARE = 0.5
_WHOLE = 200_000_000
_WORTH = 64_000_000
"""Bytes: batches that hold more gain little by being larger, and would keep Cancel waiting."""


def bytes_an_example(recorder: Recorder, x: Inputs) -> int:
    """Bytes that the outputs of all layers and the inputs take for one example."""
    fed = sum(array[:1].nbytes for array in x.values())
    put_out = 0
    for call in recorder.calls:
        if call.output is not None and not call.reason:
            sizes = [n or 1 for n in call.output.shape[1:]]
            put_out += int(np.prod(sizes, dtype=np.int64)) * call.output.dtype.size
    return int(fed + _LIVE_COPIES * put_out)


def fits_whole(bytes_each: int, n: int) -> bool:
    """Whether the outputs of all layers may be held at once for `n` examples."""
    return bytes_each * n <= _WHOLE


def worthwhile_batch(bytes_each: int) -> int:
    """Up to how many examples a batch is worth growing: what starts a batch no longer counts beside what it does."""
    return _WORTH // max(bytes_each, 1)


def fitting_batch(size: int, bytes_each: int, note: Callable[[str], None]) -> int:
    """`size`, halved until a batch takes at most half of the memory that can be had."""
    free, fitting = available_bytes(), size
    while free is not None and fitting > 1 and bytes_each * fitting > _SHARE * free:
        fitting //= 2
    if free is not None and fitting < size:
        note(
            f"batches of {size} would take about {as_text(bytes_each * size)} of {as_text(free)} free: "
            f"going on with batches of {fitting}"
        )
    return fitting
