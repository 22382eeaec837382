"""Mean 0 and standard deviation 1, feature by feature."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Scale:
    """Mean and standard deviation of each feature; a constant feature counts as having 1."""

    mean: np.ndarray
    std: np.ndarray

    def forward(self, values: np.ndarray) -> np.ndarray:
        """`values` with mean 0 and standard deviation 1, as float32."""
        return ((values - self.mean) / self.std).astype(np.float32)


def scale_of(values: np.ndarray) -> Scale:
    """The scale of each feature on the last axis, over all other axes; NaN left out."""
    rows = np.asarray(values, np.float64).reshape(-1, values.shape[-1] if values.ndim > 1 else 1)
    mean, std = np.nanmean(rows, axis=0), np.nanstd(rows, axis=0)
    std = np.where(std > 0, std, 1.0)
    return Scale(mean, std) if values.ndim > 1 else Scale(mean[0], std[0])
