"""Encoded examples in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from jaxtyping import Float, Num, UInt8

from nbdebug.measure.slices.asked import Asked
from nbdebug.measure.slices.coded import codings_of
from nbdebug.measure.slices.coding import Coding
from nbdebug.measure.slices.confirm import Told
from nbdebug.measure.slices.counts import Counts, Plan
from nbdebug.measure.slices.halves import discovery_half, draws, sampled
from nbdebug.measure.slices.losses import Losses, checked, counted
from nbdebug.measure.slices.search import Conjunction
from nbdebug.measure.slices.summary import Summary, condensed


@dataclass(frozen=True)
class Half:
    """Codes, shifted losses and weights of one half of the examples (or of a part of it)."""

    codes: UInt8[np.ndarray, "column example"]
    x: Float[np.ndarray, "example"]
    weights: Float[np.ndarray, "example"] | None

    def count(self, plan: Plan) -> Counts:
        """The sums that a plan asks for."""
        counts = Counts(plan, self.weights is not None)
        counts.update(self.codes, self.x, self.weights)
        return counts

    def tell(self, conjunctions: list[Conjunction]) -> Told:
        """The sums over some conjunctions and all wider ones."""
        told = Told.of(conjunctions)
        told.update(self.codes, self.x, self.weights)
        return told


def encoded(
    columns: Mapping[Any, pd.Series], codings: list[Coding], n_examples: int
) -> UInt8[np.ndarray, "column example"]:
    """The codes of all examples."""
    codes = np.empty((len(codings), n_examples), np.uint8)
    for row, coding in zip(codes, codings, strict=True):
        row[:] = coding.codes(columns[coding.name])
    return codes


def halved(
    columns: Mapping[Any, pd.Series],
    codings: list[Coding],
    loss: Float[np.ndarray, "example"],
    weights: Float[np.ndarray, "example"] | None,
    shift: float,
    drawn: np.ndarray,
) -> tuple[Half, Half]:
    """The discovery and the confirmation half of some examples."""
    kept, first = counted(loss, weights), discovery_half(drawn)
    codes = encoded(columns, codings, len(loss))
    parts = []
    for chosen in (kept & first, kept & ~first):
        at = np.flatnonzero(chosen)
        parts.append(Half(codes.take(at, axis=1), loss[at] - shift, None if weights is None else weights[at]))
    return parts[0], parts[1]


@dataclass(frozen=True)
class InMemory:
    """All examples as two halves."""

    codings: list[Coding]
    notes: list[str]
    losses: Losses
    discovery: Half
    confirmation: Half

    @classmethod
    def of(
        cls,
        frame: pd.DataFrame,
        loss: Num[np.ndarray, "*axes"],
        weights: Num[np.ndarray, "*other_axes"] | None,
        asked: Asked,
        split: bool = True,
    ) -> InMemory:
        """Encode a frame; `split=False` has all examples in the discovery half."""
        numbers, weights = checked(loss, weights, len(frame))
        drawn = draws(0, len(frame), asked.seed)
        losses = Losses()
        losses.update(numbers, weights)
        picked = sampled(drawn, len(frame))
        if not split:
            drawn = np.full(len(frame), np.iinfo(np.uint64).max)
        columns = {name: condensed(frame[name], asked.top) for name in frame}
        codings, notes = codings_of([Summary.of(each, asked.top, picked) for each in columns.values()], asked.bins)
        halves = halved(columns, codings, numbers, weights, losses.shift, drawn)
        return cls(codings, notes, losses, *halves)

    def count(self, plan: Plan) -> Counts:
        """See `Examples`."""
        return self.discovery.count(plan)

    def tell(self, conjunctions: list[Conjunction], discovery: bool) -> Told:
        """See `Examples`."""
        return (self.discovery if discovery else self.confirmation).tell(conjunctions)
