"""Metadata and sample weights: one row, one weight an example."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from nbdebug.errors import NbdebugError
from nbdebug.measure.intake.arrays import as_array


def check_metadata(metadata: Any, n_examples: int) -> pd.DataFrame | None:
    """The metadata as a DataFrame of one row an example; the same object where it is one.

    Raises:
        NbdebugError: not a table, another length, or an index that names two examples alike.
    """
    if metadata is None:
        return None
    if not isinstance(metadata, pd.DataFrame):
        try:
            metadata = pd.DataFrame(metadata)
        except Exception as error:
            raise NbdebugError(
                "metadata is not a table.", got=type(metadata).__name__, fix="a pandas DataFrame, one row an example"
            ) from error
    if len(metadata) != n_examples:
        raise NbdebugError(
            "metadata and x differ in length.",
            got=f"{len(metadata):,} rows for {n_examples:,} examples",
            fix="one row an example in the order of x, for example metadata.loc[ids]",
        )
    if not metadata.index.is_unique:
        twice = metadata.index[metadata.index.duplicated()][0]
        raise NbdebugError(
            "The index of metadata names more than one example alike.",
            got=f"{twice!r} more than once",
            fix="metadata.reset_index(drop=True), or an index without repeats",
        )
    return metadata


def check_weights(sample_weight: Any, n_examples: int) -> np.ndarray | None:
    """One weight an example.

    Raises:
        NbdebugError: another length, negative, not finite, or all zero.
    """
    if sample_weight is None:
        return None
    weights = as_array(sample_weight, "sample_weight")
    if weights.ndim == 2 and weights.shape[1] == 1:
        weights = weights[:, 0]
    if weights.shape != (n_examples,):
        raise NbdebugError(
            "sample_weight does not hold one weight an example.",
            got=f"shape {weights.shape} for {n_examples:,} examples",
            fix=f"an array of shape ({n_examples},)",
        )
    if not np.all(np.isfinite(weights)) or np.any(weights < 0) or not np.any(weights > 0):
        raise NbdebugError(
            "sample_weight holds weights that cannot be used.",
            got=f"values from {weights.min()} to {weights.max()}",
            fix="finite weights of 0 or more, not all 0",
        )
    return weights
