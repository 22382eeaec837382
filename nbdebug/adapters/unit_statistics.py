"""Statistics of every unit of many layers in one streaming pass."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from nbdebug.records import UnitStatistics
from nbdebug.records.progress import Progress

OnPart = Callable[[dict[str, UnitStatistics]], None]

_BETWEEN_PARTS = 0.5


def stream_statistics(
    probe: Any,
    layers: Sequence[str],
    x: Mapping[str, np.ndarray],
    *,
    fingerprint: str,
    progress: Progress | None,
    on_part: OnPart | None,
) -> dict[str, UnitStatistics]:
    """Statistics of these layers over all of x, one forward pass, memory of one batch.

    Args:
        probe: the model.
        layers: names of layers with units.
        x: input name -> (example, ...).
        fingerprint: of the state of the weights.
        progress: called after each batch.
        on_part: called with provisional records after the first batch and then at most twice a second.
    """
    n = len(next(iter(x.values())))
    running: dict[str, Any] = {}
    told = float("-inf")
    for done, running in probe.moments(layers, x, progress=progress):
        if on_part is not None and done < n and time.monotonic() - told > _BETWEEN_PARTS:
            on_part(_records(running, False, fingerprint))
            told = time.monotonic()
    return _records(running, True, fingerprint)


def _records(running: Mapping[str, Any], complete: bool, fingerprint: str) -> dict[str, UnitStatistics]:
    return {name: moments.finish(name, fingerprint, complete) for name, moments in running.items()}
