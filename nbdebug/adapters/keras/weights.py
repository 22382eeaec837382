"""Which state of the weights this is."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np


def fingerprint(model: Any) -> str:
    """A short text that changes whenever a weight or batch-norm average of `model` does (CRC-32 over all bytes)."""
    sums = 0
    for weight in model.weights:
        array = np.ascontiguousarray(weight.numpy())
        sums = zlib.crc32(array.reshape(-1).view(np.uint8).data, sums)
    return f"{sums:08x}"


def step(model: Any) -> int | None:
    """How many optimiser updates the model has had, None where it is not compiled."""
    optimizer = getattr(model, "optimizer", None)
    return None if optimizer is None else int(optimizer.iterations.numpy())
