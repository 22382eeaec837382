"""Columns of metadata of any type -> numbers and categories; nothing here looks at labels or learns from values."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from jaxtyping import Float

from nbdebug.errors import NbdebugError, unknown_name

_NUMBERS = ("integer", "floating", "mixed-integer-float", "decimal", "boolean")
_DATES = ("datetime", "datetime64", "date")
_SPANS = ("timedelta", "timedelta64")
_DAY = pd.Timedelta(days=1).as_unit("s")
_EPOCH = pd.Timestamp("1970-01-01", tz="UTC").as_unit("s")  # in nanoseconds, years end in 2262
MOST_CATEGORIES = 50
"""A column has so many categories of its own at most; the rest, and what is rare, are one category "other"."""


class _LeftOut(Exception):
    """Why a column cannot be used."""


@dataclass(frozen=True)
class Features:
    """Metadata as arrays.

    Args:
        numbers: NaN where missing.
        categories: category numbers, -1 where missing.
        columns: names of those that are used, in the order of the metadata.
        left_out: names of the others, and why.
        notes: what was done to columns, in sentences.
    """

    numbers: Float[np.ndarray, "example number"]
    categories: Float[np.ndarray, "example category"]
    columns: tuple[str, ...]
    left_out: dict[str, str]
    notes: tuple[str, ...]


def read_columns(metadata: pd.DataFrame, wanted: Sequence[str] | None = None) -> Features:
    """Every usable column: numbers, dates and spans (in days) as numbers, everything else as text.

    Args:
        metadata: a row an example.
        wanted: names of columns; None for all.

    Raises:
        NbdebugError: an unknown column, or none that can be used.
    """
    numbers: list[np.ndarray] = []
    categories: list[np.ndarray] = []
    used: list[str] = []
    left_out: dict[str, str] = {}
    notes: list[str] = []
    for name, column in _chosen(metadata, wanted):
        try:
            as_number = _numbers(column)
            if as_number is not None:
                numbers.append(_telling_number(as_number))
            else:
                values, note = _categories(name, column)
                categories.append(values)
                notes += [note] * bool(note)
            used.append(name)
        except _LeftOut as why:
            left_out[name] = str(why)
    if not numbers and not categories:
        raise NbdebugError(
            "No column of the metadata can be used by a baseline.",
            got="; ".join(f"{name}: {why}" for name, why in left_out.items()) or "no columns",
            fix="columns that repeat between examples and differ between some, such as age or device",
        )
    n = len(metadata)
    return Features(_stacked(numbers, n), _stacked(categories, n), tuple(used), left_out, tuple(notes))


def _chosen(metadata: pd.DataFrame, wanted: Sequence[str] | None) -> list[tuple[str, pd.Series]]:
    """Columns by position, as names need not be unique."""
    columns = [(str(name), metadata.iloc[:, i]) for i, name in enumerate(metadata.columns)]
    if wanted is None:
        return columns
    names = [name for name, _ in columns]
    asked = [str(name) for name in ([wanted] if isinstance(wanted, str) else wanted)]
    for name in asked:
        if name not in names:
            raise unknown_name("metadata column", name, names)
    return [(name, column) for name, column in columns if name in asked]


def _numbers(column: pd.Series) -> np.ndarray | None:
    """The column as float64, None where it is text."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return None
    kind = pd.api.types.infer_dtype(column, skipna=True)
    if kind == "empty":
        raise _LeftOut("it has no values")
    if kind in _NUMBERS:
        return pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    if kind == "period":
        column, kind = pd.PeriodIndex(column).to_timestamp().to_series(), "datetime"
    if kind in _DATES:
        dates = pd.to_datetime(column, utc=True, errors="coerce")
        return ((dates - _EPOCH) / _DAY).to_numpy(dtype=np.float64)
    if kind in _SPANS:
        return (pd.to_timedelta(column, errors="coerce") / _DAY).to_numpy(dtype=np.float64)
    return None


def _telling_number(values: np.ndarray) -> np.ndarray:
    values = np.where(np.isfinite(values), values, np.nan)
    known = values[~np.isnan(values)]
    if not len(known):
        raise _LeftOut("it has no values")
    if len(known) == len(values) and known.min() == known.max():
        raise _LeftOut("it is the same for every example")
    return values


def _categories(name: str, column: pd.Series) -> tuple[np.ndarray, str]:
    missing = column.isna().to_numpy()
    if missing.all():
        raise _LeftOut("it has no values")
    try:
        pd.factorize(column)
    except TypeError as error:
        example = next((value for value in column if not isinstance(value, Hashable)), column.iloc[0])
        raise _LeftOut(f"it holds values that cannot be told apart ({type(example).__name__})") from error
    numbers, texts = pd.factorize(column.astype(object).where(~missing, None).map(str, na_action="ignore"))
    if len(texts) == 1 and not missing.any():
        raise _LeftOut("it is the same for every example")
    if len(texts) == (~missing).sum() and len(texts) > 1:
        raise _LeftOut("it is text that differs for every example")
    many = len(texts) > MOST_CATEGORIES
    note = f"{name}: of {len(texts):,} values the {MOST_CATEGORIES - 1} most frequent count, the rest is one" * many
    return numbers.astype(np.float64), note


def _stacked(columns: list[np.ndarray], n: int) -> np.ndarray:
    return np.column_stack(columns) if columns else np.empty((n, 0))
