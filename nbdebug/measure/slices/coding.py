"""The values of each column as small whole numbers, each of which a query can say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from jaxtyping import UInt8

from nbdebug.measure.slices.values import Kind, known_of, plain

MOST_CODES = 250
"""Values or bins of a column at most: codes are single bytes."""


@dataclass(frozen=True)
class Coding:
    """One column: `texts[code]` is the condition that holds exactly the examples of that code.

    Args:
        name: of the column.
        texts: a condition a code.
        kind: of its values.
        values: the value of each of the first codes, none for bins.
        edges: of the bins: code 0 up to and including the first; none for values.
        other: the code of all other values, the missing ones' code; None without them.
        note: what has to be said, "" if nothing.
    """

    name: object
    texts: tuple[str, ...]
    kind: Kind
    values: tuple[object, ...]
    edges: tuple[float, ...]
    other: int | None
    missing: int | None
    note: str = ""

    def codes(self, column: pd.Series) -> UInt8[np.ndarray, "example"]:
        """The code of each example."""
        known = known_of(column)
        if self.edges:
            numbers = numbers_of(column, known, self.kind)
            codes = np.zeros(len(column), np.uint8)
            for edge in self.edges:
                codes += numbers > edge
        else:
            place, uniques = factorized(column, known, self.kind)
            known_codes = {value: code for code, value in enumerate(self.values)}
            of_unique = [known_codes.get(value, self.other or 0) for value in uniques]
            codes = np.array([*of_unique, 0], np.uint8)[place]
        if self.missing is not None and not known.all():
            codes[~known] = self.missing
        return codes


def factorized(column: pd.Series, known: np.ndarray, kind: Kind) -> tuple[np.ndarray, list[object]]:
    """The place of each example's value among the distinct ones, -1 where missing."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), _sayable(column.cat.categories.to_series(), kind)
    place, uniques = pd.factorize(column)
    if kind == "mixed" and column.dtype == object:  # 1, True and 1.0 are one value to pandas, but not as texts
        texts = np.array([str(v) for v in column], dtype=object)
        texts[~known] = None
        place, as_texts = pd.factorize(texts)
        return place, list(as_texts)
    return place, _sayable(pd.Series(uniques), kind)


def _sayable(values: pd.Series, kind: Kind) -> list[object]:
    if kind == "mixed":
        return [str(value) for value in values]
    if kind == "span":
        return [str(value) for value in values]
    return values.tolist()


def numbers_of(column: pd.Series, known: np.ndarray, kind: Kind) -> np.ndarray:
    """The values as numbers, times and spans in seconds; NaN where missing."""
    if kind == "number" and column.dtype in (np.float64, np.int64):
        return column.to_numpy()
    numbers = np.full(len(column), np.nan)
    values = plain(column[known], kind)
    if kind == "time":
        zoned = pd.Series(values)
        utc = zoned.dt.tz_convert("UTC").dt.tz_localize(None) if zoned.dt.tz is not None else zoned
        values = utc.to_numpy().astype("datetime64[ns]").astype(np.int64) / 1e9
    elif kind == "span":
        values = pd.Series(values).to_numpy().astype("timedelta64[ns]").astype(np.int64) / 1e9
    numbers[known] = values
    return numbers
