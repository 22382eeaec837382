"""Anything array-like -> numpy, without a copy where numpy needs none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from nbdebug.errors import NbdebugError


def as_array(value: Any, what: str) -> np.ndarray:
    """`value` as an array of numbers; the same memory where it is one already.

    Args:
        value: array, DataFrame, Series, tensor or nested sequence of numbers.
        what: what it is, for the error ("x", "y of apnea").

    Raises:
        NbdebugError: it is text, ragged, a scalar or not numbers.
    """
    array = _to_numpy(value, what)
    if array.dtype == object:
        array = _unwrapped(array, what)
    if array.dtype.kind in "USOMm" or array.dtype.kind not in "biuf":
        raise _not_numbers(what, array)
    if array.ndim == 0:
        raise NbdebugError(
            f"{what} is a single number, not one entry an example.", got=repr(value), fix="hand over an array"
        )
    return array


def is_several(value: Any) -> bool:
    """Whether `value` is a list or tuple of arrays rather than one array written as a list."""
    arrays = (np.ndarray, pd.DataFrame, pd.Series)
    return (
        isinstance(value, list | tuple)
        and len(value) > 0
        and all(isinstance(v, arrays) or hasattr(v, "__array__") for v in value)
        and all(np.ndim(v) > 0 for v in value)
    )


def named(
    value: Any, names: Sequence[str], what: str, *, exact: bool = True, kind: str = "input"
) -> dict[str, np.ndarray]:
    """An array, a list or a dict of arrays -> name -> array, in the order of `names`.

    Args:
        value: what was handed over; a dict by name, a list in the order of `names`, or one array for the only name.
        names: what the model calls its inputs (or heads); empty where the model does not say.
        what: "x" or "y", for the errors.
        exact: whether each name needs an array.
        kind: what the names are, for the errors.

    Raises:
        NbdebugError: names or counts do not fit.
    """
    if isinstance(value, Mapping):
        return _by_name(value, names, what, exact, kind)
    if is_several(value) and not (len(names) == 1 and len(value) > 1):
        if names and len(value) != len(names):
            raise _wrong_count(len(value), names, what, kind)
        called = list(names) or ([kind] if len(value) == 1 else [f"{kind}_{i}" for i in range(len(value))])
        return {name: as_array(v, f"{what}[{i}]") for i, (name, v) in enumerate(zip(called, value, strict=True))}
    if len(names) > 1:
        raise _wrong_count(1, names, what, kind)
    return {(names or [kind])[0]: as_array(value, what)}


def _by_name(value: Mapping, names: Sequence[str], what: str, exact: bool, kind: str) -> dict[str, np.ndarray]:
    if not value:
        raise NbdebugError(f"{what} is an empty dict.", got="{}", fix=f"one array for each {kind}")
    if exact and len(names) == len(value) == 1:
        return {names[0]: as_array(next(iter(value.values())), what)}
    unknown = [k for k in value if names and k not in names]
    absent = [n for n in names if n not in value]
    if unknown or (exact and absent):
        raise NbdebugError(
            f"The names in {what} are not the model's {kind}s.",
            got=", ".join(repr(k) for k in value),
            fix=f"name them {', '.join(repr(n) for n in names)}",
        )
    order = [n for n in names if n in value] or list(value)
    return {str(n): as_array(value[n], f"{what}[{n!r}]") for n in order}


def _wrong_count(n: int, names: Sequence[str], what: str, kind: str) -> NbdebugError:
    return NbdebugError(
        f"{what} does not hold one array for each {kind} of the model.",
        got=f"{n} array{'s' * (n != 1)} for {len(names)} {kind}s",
        fix=f"a list in this order, or a dict with these names: {', '.join(repr(k) for k in names)}",
    )


def _to_numpy(value: Any, what: str) -> np.ndarray:
    if isinstance(value, str | bytes) or value is None:
        raise NbdebugError(f"{what} is not an array.", got=repr(value), fix="hand over numpy arrays of numbers")
    if isinstance(value, pd.DataFrame | pd.Series):
        return _from_pandas(value)
    try:
        array = np.asarray(value)
    except Exception as error:
        raise NbdebugError(
            f"{what} cannot be read as an array.",
            got=f"{type(value).__module__}.{type(value).__name__} ({str(error).splitlines()[0] if str(error) else ''})",
            fix="hand over numpy arrays; for a PyTorch tensor: tensor.detach().cpu().numpy()",
        ) from error
    if array.ndim == 0 and array.dtype == object:
        raise NbdebugError(
            f"{what} is not an array.", got=type(value).__name__, fix="an array, a list or dict of arrays, or a Dataset"
        )
    return array


def _from_pandas(value: pd.DataFrame | pd.Series) -> np.ndarray:
    dtypes = list(value.dtypes) if isinstance(value, pd.DataFrame) else [value.dtype]
    if any(isinstance(d, pd.api.extensions.ExtensionDtype) for d in dtypes):
        try:
            return value.to_numpy(dtype=float, na_value=np.nan)
        except (TypeError, ValueError):
            return np.asarray(value, dtype=object)
    return value.to_numpy()


def _unwrapped(array: np.ndarray, what: str) -> np.ndarray:
    """An object array holding numbers and None (a mixed frame, labels with gaps) as floats; None becomes NaN."""
    text = next((v for v in array.flat if isinstance(v, str | bytes)), None)
    if text is not None:
        raise _not_numbers(what, np.asarray([text]))
    try:
        return np.asarray(np.where(pd.isna(array), np.nan, array), dtype=float)
    except (TypeError, ValueError):
        raise NbdebugError(
            f"{what} is not a regular array of numbers.",
            got=f"{len(array)} entries of type {type(array.flat[0]).__name__ if array.size else 'object'}",
            fix="pad sequences to one length (keras.utils.pad_sequences) and stack them with np.stack",
        ) from None


def _not_numbers(what: str, array: np.ndarray) -> NbdebugError:
    seen = ", ".join(repr(v) for v in np.unique(array)[:3].tolist()) if array.dtype.kind in "US" else ""
    return NbdebugError(
        f"{what} holds {'text' if array.dtype.kind in 'US' else 'values that are no real numbers'}.",
        got=seen or str(array.dtype),
        fix=_TOKENS if what.startswith("x") else _CODES,
    )


_TOKENS = (
    "numbers of tokens, x = layer(texts).numpy() of the layer that reads the text, and the model behind that layer: "
    "keras.Sequential([keras.Input(x.shape[1:]), *model.layers[1:]])"
)
_CODES = (
    "turn text into numbers first: names, y = np.unique(y, return_inverse=True), then nbdebug.debug(..., classes=names)"
)
