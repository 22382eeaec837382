"""What the user handed over, looked at once and never copied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Data:
    """Arrays of one data set; every array is the user's own or a view of it wherever that is possible.

    Args:
        x: input name -> (example, ...).
        y: head name -> labels as handed over, first axis example; empty without labels.
        labels: output name -> (example,) or (example, *positions): 0 and 1, class numbers, or numbers; NaN is missing.
        metadata: one row an example; its index names the examples.
        sample_weight: (example,) or None.
        notes: what was noticed, in sentences.
    """

    x: Mapping[str, np.ndarray]
    y: Mapping[str, np.ndarray]
    labels: Mapping[str, np.ndarray]
    metadata: pd.DataFrame | None
    sample_weight: np.ndarray | None
    notes: tuple[str, ...]

    @property
    def n_examples(self) -> int:
        """How many examples there are."""
        return len(next(iter(self.x.values())))

    @property
    def index(self) -> pd.Index:
        """What names the examples: the metadata's index, else their positions."""
        return pd.RangeIndex(self.n_examples) if self.metadata is None else self.metadata.index
