"""Which examples a condition over the metadata holds: comparisons of columns, nothing that could run code."""

import ast
import re
from typing import Any

import numpy as np
import pandas as pd

from nbdebug.errors import NbdebugError, unknown_name

_ALLOWED = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.Invert, ast.USub, ast.UAdd,
    ast.BinOp, ast.BitAnd, ast.BitOr, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Mod, ast.FloorDiv,
    ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn,
    ast.Name, ast.Load, ast.Constant, ast.List, ast.Tuple,
)  # fmt: skip
_EXAMPLE = '"device == 1 and age > 60", or a boolean array with one entry an example'


def rows_where(where: Any, metadata: pd.DataFrame | None, n_examples: int) -> np.ndarray | None:
    """Which examples `where` picks: (example,) of booleans, None for all.

    Args:
        where: None, a boolean array, or a condition over columns of the metadata in pandas' query language: only names
            (in backticks where they are no Python names), constants, comparisons, arithmetic, and/or/not.
        metadata: the columns that may be named.
        n_examples: how many examples there are.

    Raises:
        NbdebugError: not a condition, another length, an unknown column, or anything beyond comparisons.
    """
    if where is None:
        return None
    if isinstance(where, str):
        return _by_query(where, metadata)
    rows = np.asarray(where)
    if rows.dtype != bool or rows.shape != (n_examples,):
        raise NbdebugError(
            "where is not one true or false an example.",
            got=f"{rows.dtype} of shape {rows.shape} for {n_examples:,} examples",
            fix=_EXAMPLE,
        )
    return rows


def _by_query(query: str, metadata: pd.DataFrame | None) -> np.ndarray:
    if metadata is None:
        raise NbdebugError(
            "There is no metadata to ask.",
            got=repr(query),
            fix="nbdebug.debug(..., metadata=frame), or a boolean array",
        )
    quoted: dict[str, str] = {}

    def stand_in(found: re.Match[str]) -> str:
        return quoted.setdefault(found[1], f"quoted_{len(quoted)}_")

    try:
        tree = ast.parse(re.sub(r"`([^`]*)`", stand_in, query).strip(), mode="eval")
    except (SyntaxError, ValueError) as error:
        raise NbdebugError("where is not a condition.", got=repr(query), fix=_EXAMPLE) from error
    original = {stand: column for column, stand in quoted.items()}
    for node in ast.walk(tree):
        if not isinstance(node, _ALLOWED):
            raise NbdebugError(
                "where may compare columns and nothing else.", got=f"{type(node).__name__} in {query!r}", fix=_EXAMPLE
            )
        if isinstance(node, ast.Name):
            _check_column(original.get(node.id, node.id), metadata)
    return _evaluated(query, metadata)


def _check_column(name: str, metadata: pd.DataFrame) -> None:
    if name not in {"index", *map(str, metadata.columns)} or name.startswith("__"):
        raise unknown_name("metadata column", name, map(str, metadata.columns))


def _evaluated(query: str, metadata: pd.DataFrame) -> np.ndarray:
    try:
        held: Any = metadata.eval(query.strip(), engine="python", local_dict={}, global_dict={})
        if isinstance(held, pd.Series) and held.dtype == "boolean":
            held = held.fillna(False).astype(bool)
        rows = np.asarray(held)
    except Exception as error:
        raise NbdebugError("where cannot be evaluated.", got=f"{query!r}: {error}", fix=_EXAMPLE) from error
    if rows.shape != (len(metadata),) or rows.dtype != bool:
        raise NbdebugError("where is not a condition.", got=f"{query!r} gives {rows.dtype}", fix=_EXAMPLE)
    return rows
