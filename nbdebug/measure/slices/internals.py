"""Which units, and which of their times, differ most between a slice and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd
from jaxtyping import Bool, Float, Num

from nbdebug.errors import NbdebugError
from nbdebug.measure.slices.differences import Difference, Spread, corrected, of_means
from nbdebug.records.slice import ALPHA

_NUMBERS = ("inside", "outside", "difference", "low", "high", "effect", "p")

By = Literal["unit", "position"]


@dataclass
class _Spreads:
    """Count, mean and sum of squared deviations of each cell, merged pairwise (Chan, Golub and LeVeque 1979)."""

    n: np.ndarray
    mean: np.ndarray
    m2: np.ndarray

    @classmethod
    def of(cls, values: np.ndarray) -> _Spreads:
        """Of each cell over the examples; what is NaN or infinite counts nowhere."""
        finite = np.isfinite(values)
        n = finite.sum(axis=0).astype(float)
        known = np.where(finite, values, 0.0)
        mean = known.sum(axis=0) / np.maximum(n, 1)
        return cls(n, mean, np.where(finite, (known - mean) ** 2, 0.0).sum(axis=0))

    def merge(self, other: _Spreads) -> None:
        total = np.maximum(self.n + other.n, 1)
        delta = other.mean - self.mean
        self.m2 = self.m2 + other.m2 + delta**2 * self.n * other.n / total
        self.mean = self.mean + delta * other.n / total
        self.n = self.n + other.n

    def spread(self) -> Spread:
        with np.errstate(invalid="ignore", divide="ignore"):
            variance = np.where(self.n > 1, self.m2 / (self.n - 1), np.nan)
        return Spread(self.n, np.where(self.n > 0, self.mean, np.nan), variance)


@dataclass
class UnitDifferences:
    """An accumulator over batches of activations or gradients: `update`, `merge`, then `strongest`.

    An example counts once: a unit is compared by its mean over the times of each example, a position by its value
    there. Effects are Hedges' g, p is Welch's, corrected after Benjamini and Hochberg over all units (or positions).

    Args:
        inside, outside: by what is compared, "unit" and (where there is time) "position".
        n_inside, n_outside: examples seen.
    """

    inside: dict[str, _Spreads] = field(default_factory=dict)
    outside: dict[str, _Spreads] = field(default_factory=dict)
    n_inside: int = 0
    n_outside: int = 0

    def update(
        self,
        values: Num[np.ndarray, "example *time unit"],
        inside: Bool[np.ndarray, "example"],
        mask: Bool[np.ndarray, "example time"] | None = None,
    ) -> None:
        """Take in a batch.

        Args:
            values: (example, time, unit) or (example, unit).
            inside: which of its examples the slice holds.
            mask: False where a time is padding, which counts nowhere.

        Raises:
            NbdebugError: the values have other axes than example, time and unit.
        """
        if values.ndim not in (2, 3):
            raise NbdebugError(
                "Slices are compared over (example, time, unit) or (example, unit).",
                got=f"shape {values.shape}",
                fix="pool the other axes first",
            )
        known = values.astype(np.float64)
        if mask is not None and values.ndim == 3:
            known = np.where(mask[..., None], known, np.nan)
        self._add(self.inside, known[inside])
        self._add(self.outside, known[~inside])
        self.n_inside += int(inside.sum())
        self.n_outside += int((~inside).sum())

    def merge(self, other: UnitDifferences) -> UnitDifferences:
        """Take in what another accumulator has seen."""
        for mine, theirs in ((self.inside, other.inside), (self.outside, other.outside)):
            for name, spreads in theirs.items():
                if name in mine:
                    mine[name].merge(spreads)
                else:
                    mine[name] = spreads
        self.n_inside += other.n_inside
        self.n_outside += other.n_outside
        return self

    @staticmethod
    def _add(held: dict[str, _Spreads], values: Float[np.ndarray, "example *time unit"]) -> None:
        parts = {"unit": values}
        if values.ndim == 3:
            finite = np.isfinite(values)
            n = finite.sum(axis=1)
            total = np.where(finite, values, 0.0).sum(axis=1)
            parts = {"unit": np.where(n > 0, total / np.maximum(n, 1), np.nan), "position": values}
        for name, part in parts.items():
            if name in held:
                held[name].merge(_Spreads.of(part))
            else:
                held[name] = _Spreads.of(part)


def strongest(found: Mapping[str, UnitDifferences], by: By, n: int | None = None) -> pd.DataFrame:
    """The units, or the positions of units, that differ most, the largest effect first.

    Args:
        found: by layer.
        by: "unit" for a row a unit; "position" for a row a time and unit, of the layers that have time.
        n: how many rows at most.

    Returns:
        layer, (time,) unit, inside, outside, difference (low to high), effect, p, corrected_p over all units (or
        positions) of all these layers, significant.

    Raises:
        NbdebugError: by position, and no layer has time.
    """
    layers = [name for name, each in found.items() if by in each.inside]
    if not layers:
        raise NbdebugError("There are no times.", got="(example, unit)", fix='by="unit" compares the units')
    tables, every_p, before = [], list[np.ndarray](), 0
    for name in layers:
        table, p = _strongest_of(found[name], by, n)
        tables.append(table.assign(layer=name, at=table["at"] + before))
        every_p.append(p)
        before += len(p)
    table = pd.concat(tables, ignore_index=True)
    table["corrected_p"] = corrected(np.concatenate(every_p))[table["at"]]
    table["significant"] = table["corrected_p"] < ALPHA
    order = np.argsort(-_size(table["effect"].to_numpy()), kind="stable")[:n]
    axes = ["layer", *["time"] * (by == "position"), "unit"]
    return table.iloc[order].reset_index(drop=True)[[*axes, *_NUMBERS, "corrected_p", "significant"]]


def _strongest_of(found: UnitDifferences, by: By, n: int | None) -> tuple[pd.DataFrame, np.ndarray]:
    """The `n` largest effects of one layer, with their place `at` among all p; and every p."""
    a, b = found.inside[by].spread(), found.outside[by].spread()
    told: Difference = of_means(a, b)
    at = np.argsort(-_size(told.effect).ravel(), kind="stable")[:n]
    axes = dict(zip(("time", "unit")[-a.mean.ndim :], np.unravel_index(at, a.mean.shape), strict=True))
    numbers = (a.mean, b.mean, told.value, told.low, told.high, told.effect, told.p)
    columns = {name: values.ravel()[at] for name, values in zip(_NUMBERS, numbers, strict=True)}
    return pd.DataFrame({"at": at, **axes, **columns}), told.p.ravel()


def _size(effect: np.ndarray) -> np.ndarray:
    return np.nan_to_num(np.abs(effect), nan=-1.0)
