"""Columns of any kind made comparable: what is known of them, as one plain kind of values."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd
from jaxtyping import Bool
from pandas.api import types

from nbdebug.errors import NbdebugError

Kind = Literal["number", "time", "span", "text", "mixed"]


def kind_of(values: pd.Series) -> Kind:
    """What the values of a column without missing ones are; numbers beside texts are "mixed"."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return kind_of(values.cat.categories.to_series())
    if isinstance(values.dtype, pd.StringDtype):
        return "text"
    if types.is_bool_dtype(values.dtype) or types.is_numeric_dtype(values.dtype):
        return "number"
    if types.is_datetime64_any_dtype(values.dtype):
        return "time"
    if types.is_timedelta64_dtype(values.dtype):
        return "span"
    inferred = types.infer_dtype(values, skipna=True)
    if inferred in ("integer", "floating", "mixed-integer-float", "decimal", "boolean"):
        return "number"
    return {"string": "text", "datetime": "time", "timedelta": "span", "empty": "number"}.get(inferred, "mixed")  # type: ignore[return-value]


def plain(values: pd.Series, kind: Kind) -> np.ndarray | pd.Series:
    """Known values as numpy's own kind (times as a Series, which keeps the zone); mixed ones as their texts."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.astype(values.cat.categories.dtype)
    if kind == "number":
        whole = types.is_integer_dtype(values.dtype) or types.is_bool_dtype(values.dtype)
        return values.to_numpy(dtype=np.int64 if whole and not types.is_unsigned_integer_dtype(values.dtype) else float)
    if kind == "time":
        return values if types.is_datetime64_any_dtype(values.dtype) else pd.Series(pd.to_datetime(values, utc=True))
    if kind == "span":
        return pd.Series(pd.to_timedelta(values))
    return np.array([str(v) for v in values], dtype=object)


def like(value: Any, kind: Kind, values: np.ndarray | pd.Series, name: str) -> Any:
    """A value of a query as something that the column's values can be compared with.

    Raises:
        NbdebugError: a text for numbers, a number for texts or times, or a date that is none.
    """
    if kind == "mixed":
        return str(value)
    if kind == "number" and isinstance(value, bool | int | float):
        return value
    if kind == "text" and isinstance(value, str):
        return value
    if kind in ("time", "span") and isinstance(value, str):
        try:
            return pd.Timedelta(value) if kind == "span" else _in_zone(pd.Timestamp(value), values)
        except ValueError as error:
            raise _unlike(value, kind, name) from error
    raise _unlike(value, kind, name)


def _in_zone(value: pd.Timestamp, values: np.ndarray | pd.Series) -> pd.Timestamp:
    zone = values.dt.tz if isinstance(values, pd.Series) else None
    if value.tz is None:
        return value.tz_localize(zone) if zone is not None else value
    return value.tz_convert(zone) if zone is not None else value.tz_convert("UTC").tz_localize(None)


def _unlike(value: Any, kind: Kind, name: str) -> NbdebugError:
    asked = {
        "number": ("numbers", "a number"),
        "time": ("dates", 'a date such as "2024-05-31"'),
        "span": ("spans of time", 'a span such as "3 days"'),
        "text": ("texts", "a text in quotes"),
        "mixed": ("values of several kinds", "a text in quotes"),
    }[kind]
    return NbdebugError(f"The column {name!r} holds {asked[0]}.", got=repr(value), fix=f"compare it with {asked[1]}")


def known_of(values: pd.Series) -> Bool[np.ndarray, "example"]:
    """Where a value is there: not NaN, NaT, None or NA."""
    return values.notna().to_numpy(dtype=bool)
