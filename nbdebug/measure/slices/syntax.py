"""What a query is made of, and how one is written."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from nbdebug.measure.slices.tokens import WORDS

Sign = Literal["==", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True)
class Column:
    """The values of a column."""

    name: str


@dataclass(frozen=True)
class Value:
    """A number, a text, True or False; None for missing."""

    value: Any


@dataclass(frozen=True)
class Comparison:
    """left sign right; False where either is missing."""

    sign: Sign
    left: Column | Value
    right: Column | Value


@dataclass(frozen=True)
class Among:
    """Whether the column holds one of some values."""

    column: Column
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Known:
    """Whether the column holds a value at all."""

    column: Column


@dataclass(frozen=True)
class Not:
    """The opposite."""

    part: Part


@dataclass(frozen=True)
class Joined:
    """All of the parts, or any of them."""

    by: Literal["and", "or"]
    parts: tuple[Part, ...]


Part = Column | Comparison | Among | Known | Not | Joined


def name_text(name: object) -> str:
    """A column's name as a query says it."""
    text = str(name)
    return text if text.isidentifier() and text not in WORDS else f"`{text}`"


def can_be_named(name: object) -> bool:
    """Whether a query can say this name at all."""
    return "`" not in str(name)


def value_text(value: Any) -> str:
    """A value as a query says it."""
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if isinstance(value, int | np.integer):
        return str(int(value))
    if isinstance(value, float | np.floating):
        return str(int(value)) if float(value).is_integer() and abs(float(value)) < 1e15 else repr(float(value))
    if isinstance(value, pd.Timestamp) and value == value.normalize():
        return json.dumps(str(value.date()) if value.tz is None else str(value))
    return json.dumps(str(value), ensure_ascii=False)


def list_text(values: Iterable[object]) -> str:
    """Values in brackets, as `in` takes them."""
    return "(" + ", ".join(map(value_text, values)) + ")"


def band_text(name: object, low: object | None, high: object | None) -> str:
    """The condition low < name <= high; None where a side is open."""
    sides = [f"{name_text(name)} > {value_text(low)}"] * (low is not None)
    sides += [f"{name_text(name)} <= {value_text(high)}"] * (high is not None)
    return " and ".join(sides) or f"{name_text(name)} is not missing"


def is_finite(value: object) -> bool:
    """Whether a query can say this number."""
    return not isinstance(value, float | np.floating) or math.isfinite(float(value))
