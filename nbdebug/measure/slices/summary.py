"""What a column holds, and the coding that follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from nbdebug.measure.slices.coding import Coding, factorized, numbers_of
from nbdebug.measure.slices.syntax import band_text, can_be_named, is_finite, list_text, name_text, value_text
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

    def coding(self, bins: int) -> Coding | str:
        """How to encode the column, or why it is left out."""
        if not can_be_named(self.name):
            return "its name holds a backtick"
        if not self.hashable:
            return "its values cannot be compared (lists or the like)"
        if self.kind is None:
            return "it is missing everywhere"
        if self.counts is None and self.kind == "mixed":
            return "it holds numbers here and texts there, too many to tell apart"
        if self.counts is None or (self.kind in ("number", "time", "span") and len(self.counts) > self.top):
            return self._binned(bins)
        if len(self.counts) == 1 and not self.n_missing:
            return "it has one value only"
        n_known = self.n - self.n_missing
        if len(self.counts) == n_known > self.top:
            return "every value is different"
        return self._valued()

    def _valued(self) -> Coding:
        assert self.counts is not None
        ranked = sorted(self.counts.items(), key=lambda item: (-item[1], str(item[0])))
        sayable = [value for value, _ in ranked if is_finite(value)]
        top = tuple(sayable[: self.top])
        rest = len(ranked) - len(top)
        name, note = name_text(self.name), ""
        texts = [f"{name} == {value_text(value)}" for value in top]
        if rest:
            texts.append(f"{name} not in {list_text(top)}")
            note = f"{self.name}: the {len(top)} most frequent of {len(ranked):,} values, the others taken together"
        if self.kind == "mixed":
            note = "; ".join([*([note] if note else []), f"{self.name}: values of several kinds, taken as texts"])
        if self.n_missing:
            texts.append(f"{name} is missing")
        missing = len(texts) - 1 if self.n_missing else None
        other = len(top) if rest else None
        return Coding(self.name, tuple(texts), self.kind or "text", top, (), other, missing, note)

    def _binned(self, bins: int) -> Coding | str:
        values = np.concatenate(self.sample or [np.zeros(0)])
        values = values[np.isfinite(values)]
        if not len(values):
            return "it has no finite value"
        edges = np.unique(np.quantile(values, np.arange(1, bins) / bins, method="lower"))
        edges = _readable(edges) if self.kind == "number" else np.unique(np.floor(edges))
        edges = edges[edges < values.max()]
        said = [_said(edge, self.kind or "number") for edge in edges]
        sides: list[object | None] = [None, *said, None]
        texts = [band_text(self.name, sides[i], sides[i + 1]) for i in range(len(said) + 1)]
        missing = len(texts) if self.n_missing else None
        texts += [f"{name_text(self.name)} is missing"] * (missing is not None)
        if len(texts) < 2:
            return "nearly all its values are the same"
        return Coding(self.name, tuple(texts), self.kind or "number", (), tuple(map(float, edges)), None, missing)


def codings_of(summaries: Sequence[Summary], bins: int) -> tuple[list[Coding], list[str]]:
    """The codings of the columns that can be used, and what has to be said of the others."""
    made = [(summary.name, summary.coding(bins)) for summary in summaries]
    codings = [coding for _, coding in made if isinstance(coding, Coding)]
    notes = [f"{name} is left out: {coding}" for name, coding in made if isinstance(coding, str)]
    return codings, notes + [coding.note for coding in codings if coding.note]


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


def _said(edge: float, kind: Kind) -> object:
    if kind == "time":
        return pd.Timestamp(edge, unit="s").isoformat() + "Z"
    return str(pd.Timedelta(edge, unit="s")) if kind == "span" else edge


def _readable(edges: np.ndarray) -> np.ndarray:
    """Edges with as few digits as keep them a hundredth of their gaps apart from where they were."""
    if len(edges) < 2 or np.array_equal(edges, np.rint(edges)):
        return np.asarray(edges, dtype=float)
    digits = int(2 - np.floor(np.log10(np.diff(edges).min())))
    return np.unique(np.round(edges.astype(float), min(max(digits, 0), 15)))
