"""What a column holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from nbdebug.measure.slices.coding import factorized, numbers_of
from nbdebug.measure.slices.values import Kind, kind_of, known_of

_LOOKED_AT = 10_000


@dataclass
class Summary:
    """What a column holds, as far as its coding needs: an accumulator over parts of the data.

    Args:
        kind: of its values.
        counts: how often each value occurs; None once they are too many to be told apart.
        sample: values of about 100,000 examples, for edges.
        n, n_missing: of examples, and of those without a value.
        hashable: False where some value is a list or the like.
    """

    name: object
    top: int
    kind: Kind | None = None
    counts: Counter[object] | None = None
    sample: list[np.ndarray] | None = None
    n: int = 0
    n_missing: int = 0
    hashable: bool = True

    @classmethod
    def of(cls, column: pd.Series, top: int, sampled: np.ndarray) -> Summary:
        """Of one column, or of a part of it."""
        summary = cls(column.name, top)
        summary.update(column, sampled)
        return summary

    def update(self, column: pd.Series, sampled: np.ndarray) -> None:
        """Take in a part of the column; `sampled` says which of it may set edges."""
        known = known_of(column)
        part = Summary(self.name, self.top, n=len(column), n_missing=int((~known).sum()))
        try:
            part.kind = kind_of(column[known] if column.dtype == object else column) if known.any() else None
            if part.kind is not None:
                part.counts, part.sample = _held(column, known, part.kind, sampled & known, self.top)
        except TypeError:
            part.hashable = False
        self.merge(part)

    def merge(self, other: Summary) -> Summary:
        """Take in what another part has shown."""
        if self.n == 0 or self.kind is None:
            self.kind, self.counts, self.sample = other.kind, other.counts, other.sample
        elif other.kind is not None:
            self.kind = self.kind if self.kind == other.kind else "mixed"
            both = self.counts is not None and other.counts is not None
            self.counts = (self.counts or Counter()) + (other.counts or Counter()) if both else None
            self.sample = (self.sample or []) + (other.sample or [])
        self.n, self.n_missing = self.n + other.n, self.n_missing + other.n_missing
        self.hashable &= other.hashable
        return self


def condensed(column: pd.Series, top: int) -> pd.Series:
    """Texts, and numbers of at most `top` kinds, as categories: told apart once instead of at each look."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column
    try:
        few = len(pd.unique(column[:_LOOKED_AT])) <= top
        kind = kind_of(column[known_of(column)] if column.dtype == object else column)
    except TypeError:
        return column
    if not (kind == "text" or (few and kind == "number" and column.dtype != object)):
        return column
    places, uniques = pd.factorize(column)
    if kind == "number" and len(uniques) > top:
        return column
    return pd.Series(pd.Categorical.from_codes(places, pd.Index(uniques)), name=column.name)


def _held(
    column: pd.Series, known: np.ndarray, kind: Kind, sampled: np.ndarray, top: int
) -> tuple[Counter[object] | None, list[np.ndarray]]:
    sample: list[np.ndarray] = []
    if kind in ("number", "time", "span"):
        sample = [numbers_of(column[sampled], np.ones(int(sampled.sum()), bool), kind)]
        if len(np.unique(sample[0][:_LOOKED_AT])) > top:
            return None, sample
    place, uniques = factorized(column, known, kind)
    counts = np.bincount(place[place >= 0], minlength=len(uniques))
    if sample and len(uniques) > top:
        return None, sample
    return Counter({value: int(n) for value, n in zip(uniques, counts, strict=True) if n}), sample
