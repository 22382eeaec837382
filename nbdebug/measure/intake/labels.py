"""y -> one array of labels an output, checked against the range of its head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from nbdebug.errors import NbdebugError
from nbdebug.measure.intake.arrays import as_array, is_several, named
from nbdebug.measure.intake.heads import Reading, layout, one_for_all_columns
from nbdebug.records.head import Head
from nbdebug.records.ports import Output


def labels_by_head(y: Any, heads: Sequence[Head], names: Mapping[str, Sequence[str]]) -> dict[str, np.ndarray]:
    """y as handed over -> head name -> array.

    Args:
        y: array, list or dict of arrays, DataFrame or None; a dict may name heads, or the columns of one head.
        heads: of the model.
        names: head name -> what the user calls its columns, where they said so.

    Raises:
        NbdebugError: names or counts do not fit the heads.
    """
    if y is None:
        return {}
    found = _column_table(y, heads, names)
    if found is None:
        found = named(y, [h.name for h in heads], "y", exact=False, kind="head")
    return {name: labels.view(np.uint8) if labels.dtype == bool else labels for name, labels in found.items()}


def check_lengths(y: Any, n_examples: int) -> None:
    """Complain where labels are no numbers or x and y differ in length; needs no model.

    Raises:
        NbdebugError: they do.
    """
    if y is None:
        return
    parts = dict(y) if isinstance(y, Mapping) else dict(enumerate(y)) if is_several(y) and len(y) != n_examples else {}
    for name, part in (parts or {"": y}).items():
        of = f"y[{name!r}]" if parts else "y"
        n = len(as_array(part, of))
        if n != n_examples:
            raise NbdebugError(
                "x and y differ in length.",
                got=f"{n_examples:,} examples in x, {n:,} labels in {of}",
                fix="one label an example, in the order of x",
            )


def fit_labels(head: Head, reading: Reading, y: np.ndarray, missing: float | None) -> np.ndarray:
    """Labels of one head as (example, *positions) for one of several classes, else (example, *positions, column).

    One-hot rows become class numbers, a column axis of size 1 may be there or not; one number an example is the label
    of each column of a regression. NaN is missing, and so is `missing` for classes. The user's memory is viewed, not
    copied, where nothing has to change.

    Raises:
        NbdebugError: another shape, or a label outside the head's range.
    """
    if reading.columns_are_classes:
        return _class_numbers(head, y, missing)
    where = layout(head)
    full = (len(y), *where.positions, where.columns)
    if reading.kind == "regression" and one_for_all_columns(head, y):
        return np.broadcast_to(y.reshape(*full[:-1], 1), full)
    if y.shape != full and not (where.columns == 1 and y.shape == full[:-1]):
        raise _wrong_shape(head, y, full)
    values = y.reshape(full) if y.shape != full else y
    if reading.kind == "binary":
        values = _with_missing(values, missing)
        _check_range(head, values, 2, missing)
    return values


def labels_of(output: Output, reading: Reading, fitted: np.ndarray) -> np.ndarray:
    """Labels of one output (example, *positions) out of those of its head."""
    if reading.columns_are_classes:
        return fitted
    return fitted[..., output.column or 0]


def missing_notes(labels: Mapping[str, np.ndarray]) -> tuple[str, ...]:
    """How many labels are missing, a sentence an output.

    Raises:
        NbdebugError: every label of every output is missing.
    """
    counts = {name: (int(np.isnan(v).sum()) if v.dtype.kind == "f" else 0, v.size) for name, v in labels.items()}
    if counts and all(n == size for n, size in counts.values()):
        raise NbdebugError(
            "All labels are missing.",
            got=f"{sum(n for n, _ in counts.values()):,} labels, each NaN or marked missing",
            fix="leave y out, or hand over labels that are not NaN",
        )
    return tuple(
        f"{n:,} of {size:,} labels of {name} are missing and left out of every metric."
        for name, (n, size) in counts.items()
        if n
    )


def _column_table(y: Any, heads: Sequence[Head], names: Mapping[str, Sequence[str]]) -> dict[str, np.ndarray] | None:
    if isinstance(y, pd.DataFrame):
        y_columns = [str(c) for c in y.columns]
    elif isinstance(y, Mapping) and y and not set(y) <= {h.name for h in heads}:
        y_columns = [str(c) for c in y]
    else:
        return None
    for head in heads:
        called = [str(n) for n in names.get(head.name, ())]
        if len(called) > 1 and set(y_columns) <= set(called):
            return {head.name: _stacked({str(k): y[k] for k in y}, called)}
    if len(heads) > 1 and set(y_columns) <= {n for called in names.values() for n in called}:
        single = {called[0]: head for head, called in names.items() if len(called) == 1}
        return {single[str(k)]: as_array(y[k], f"y[{k!r}]") for k in y if str(k) in single}
    return None


def _stacked(columns: Mapping[str, Any], names: Sequence[str]) -> np.ndarray:
    arrays = {name: as_array(v, f"y[{name!r}]") for name, v in columns.items()}
    lengths = {len(a) for a in arrays.values()}
    if len(lengths) > 1:
        raise NbdebugError(
            "The columns of y differ in length.",
            got=", ".join(f"{n}: {len(a):,}" for n, a in arrays.items()),
            fix="one label an example in each",
        )
    first = next(iter(arrays.values()))
    absent = np.full(first.shape, np.nan)
    return np.stack([arrays.get(name, absent) for name in names], axis=-1)


def _class_numbers(head: Head, y: np.ndarray, missing: float | None) -> np.ndarray:
    where = layout(head)
    plain, full = (len(y), *where.positions), (len(y), *where.positions, where.columns)
    if y.shape == full:
        return _from_one_hot(head, y)
    if y.shape not in (plain, (*plain, 1)):
        raise _wrong_shape(head, y, full)
    values = _with_missing(y.reshape(plain), missing)
    _check_range(head, values, where.columns, missing)
    return values


def _from_one_hot(head: Head, y: np.ndarray) -> np.ndarray:
    absent = np.isnan(y).any(axis=-1) if y.dtype.kind == "f" else np.zeros(y.shape[:-1], bool)
    wrong = ~absent & ~np.isclose(y.sum(axis=-1), 1, atol=1e-3)
    if wrong.any():
        at = int(np.argwhere(wrong)[0][0])
        raise NbdebugError(
            f"A label of {head.name} is not one-hot.",
            got=f"example {at} sums to {np.asarray(y[at].sum(axis=-1)).flat[0]:g}",
            fix="rows that sum to 1, or class numbers of shape (example,)",
        )
    return np.where(absent, np.nan, np.where(absent[..., None], 0, y).argmax(axis=-1))


def _with_missing(values: np.ndarray, missing: float | None) -> np.ndarray:
    if missing is None or not np.any(values == missing):
        return values
    return np.where(values == missing, np.nan, values.astype(np.result_type(values.dtype, np.float32)))


def _check_range(head: Head, values: np.ndarray, n_classes: int, missing: float | None) -> None:
    allowed = (values >= 0) & (values < n_classes) & (values == np.floor(values))
    bad = ~(allowed | np.isnan(values)) if values.dtype.kind == "f" else ~allowed
    if not bad.any():
        return
    at = tuple(int(i) for i in np.argwhere(bad)[0])
    some = ", ".join(f"{v:g}" for v in np.unique(values[bad])[:5].astype(float))
    hint = " (or missing=-1 where -1 stands for no label)" if missing is None and np.any(values[bad] == -1) else ""
    raise NbdebugError(
        f"Labels of {head.name} lie outside the range of the head.",
        got=f"{some} in {int(bad.sum()):,} places, first at example {at[0]}",
        fix=f"class numbers 0 to {n_classes - 1}{hint}",
    )


def _wrong_shape(head: Head, y: np.ndarray, full: tuple[int, ...]) -> NbdebugError:
    return NbdebugError(
        f"y does not have the shape of the head {head.name}.",
        got=f"shape {y.shape}",
        fix=f"shape {full}" + (f" or {full[:-1]}" if full[-1] != 1 or len(full) > 1 else ""),
    )
