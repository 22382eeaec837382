"""Which examples a query holds."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, assert_never

import numpy as np
import pandas as pd
from jaxtyping import Bool

from nbdebug.errors import NbdebugError, unknown_name
from nbdebug.measure.slices.parse import parse
from nbdebug.measure.slices.syntax import Among, Column, Comparison, Joined, Known, Not, Part, Sign, Value
from nbdebug.measure.slices.values import kind_of, known_of, like, plain

_HOLDS: dict[Sign, Callable[[Any, Any], Any]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_MIRRORED: dict[Sign, Sign] = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def holds(query: str | Part, columns: Mapping[str, pd.Series]) -> tuple[Bool[np.ndarray, "example"], str]:
    """Which examples a query holds, and what has to be said about it ("" if nothing).

    A comparison with a missing value is False, whatever its sign. Numbers beside texts in one column are compared as
    texts, which the note says. Nothing of the query is run as code.

    Args:
        query: such as `device == "gen1" and age > 60`, or its tree.
        columns: what may be named, each (example,).

    Raises:
        NbdebugError: no condition, an unknown column, or a value that is nothing like the column's.
    """
    teller = _Teller(columns)
    mask = teller.tell(parse(query) if isinstance(query, str) else query)
    return mask, "; ".join(dict.fromkeys(teller.notes))


class _Teller:
    def __init__(self, columns: Mapping[str, pd.Series]) -> None:
        self.columns = columns
        self.notes: list[str] = []

    def tell(self, part: Part) -> np.ndarray:
        if isinstance(part, Joined):
            join = np.logical_and if part.by == "and" else np.logical_or
            return join.reduce([self.tell(each) for each in part.parts])
        if isinstance(part, Not):
            return ~self.tell(part.part)
        if isinstance(part, Known):
            return known_of(self.column(part.column.name))
        if isinstance(part, Column):
            return self.truth(part.name)
        if isinstance(part, Among):
            return self.among(part)
        if isinstance(part, Comparison):
            return self.compare(part)
        assert_never(part)

    def column(self, name: str) -> pd.Series:
        if name not in self.columns:
            raise unknown_name("column", name, self.columns)
        return self.columns[name]

    def truth(self, name: str) -> np.ndarray:
        values = self.column(name)
        known = known_of(values)
        if not values[known].isin((True, False)).all() or pd.api.types.is_float_dtype(values.dtype):
            raise NbdebugError(
                f"The column {name!r} is not true or false, so it is no condition.",
                got=str(values.dtype),
                fix=f"compare it with something: {name} > 0",
            )
        return self.scattered(known, np.asarray(plain(values[known], "number") != 0))

    def among(self, part: Among) -> np.ndarray:
        column = part.column
        held = [self.tell(Not(Known(column)))] if Value(None) in part.values else []
        held += [self.compare(Comparison("==", column, value)) for value in part.values if value != Value(None)]
        return np.logical_or.reduce([np.zeros(len(self.column(column.name)), bool), *held])

    def compare(self, part: Comparison) -> np.ndarray:
        left, right = part.left, part.right
        if isinstance(left, Column) and isinstance(right, Value):
            return self.with_value(self.column(left.name), part.sign, right.value, left.name)
        if isinstance(left, Value) and isinstance(right, Column):
            return self.with_value(self.column(right.name), _MIRRORED[part.sign], left.value, right.name)
        if isinstance(left, Column) and isinstance(right, Column):
            return self.with_column(part.sign, left.name, right.name)
        raise NbdebugError("A comparison needs a column.", got=f"{left} {part.sign} {right}", fix="age > 60")

    def with_value(self, values: pd.Series, sign: Sign, value: Any, name: str) -> np.ndarray:
        known = known_of(values)
        if isinstance(values.dtype, pd.CategoricalDtype):
            return self.with_category(values, sign, value, name)
        kind = kind_of(values[known])
        if kind == "mixed":
            self.notes.append(f"{name} holds values of several kinds, compared as texts")
        comparable = plain(values[known], kind)
        return self.scattered(known, np.asarray(_HOLDS[sign](comparable, like(value, kind, comparable, name))))

    def with_category(self, values: pd.Series, sign: Sign, value: Any, name: str) -> np.ndarray:
        """Once a category instead of once an example; by their order where they have one."""
        categories = values.cat.categories
        if values.cat.ordered and value in categories:
            held = _HOLDS[sign](np.arange(len(categories)), categories.get_loc(value))
        else:
            held = self.with_value(pd.Series(categories), sign, value, name)
        codes = values.cat.codes.to_numpy()
        return np.append(held, False)[codes]

    def with_column(self, sign: Sign, left: str, right: str) -> np.ndarray:
        first, second = self.column(left), self.column(right)
        known = known_of(first) & known_of(second)
        kinds = {kind_of(first[known]), kind_of(second[known])}
        if len(kinds) > 1:
            self.notes.append(f"{left} and {right} hold values of different kinds, compared as texts")
        kind = kinds.pop() if len(kinds) == 1 else "mixed"
        pair = [plain(each[known].reset_index(drop=True), kind) for each in (first, second)]
        try:
            return self.scattered(known, np.asarray(_HOLDS[sign](*pair)))
        except TypeError as error:
            raise NbdebugError(
                f"{left!r} and {right!r} cannot be compared.", got=str(error), fix="one of them"
            ) from error

    def scattered(self, known: np.ndarray, held: np.ndarray) -> np.ndarray:
        mask = np.zeros(len(known), dtype=bool)
        mask[known] = held
        return mask
