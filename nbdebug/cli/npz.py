"""Inputs and labels out of a .npz file, by the names of its arrays."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from nbdebug.errors import NbdebugError, unknown_name

_VALIDATION = "_val"
Arrays = Mapping[str, np.ndarray]


def read_npz(path: Path) -> dict[str, np.ndarray]:
    """All arrays of a file.

    Raises:
        NbdebugError: it is missing, not .npz, empty, or holds Python objects.
    """
    if not path.exists():
        raise NbdebugError("There is no such data.", got=str(path), fix=f"a path relative to {Path.cwd()}")
    try:
        with np.load(path) as file:
            arrays = {name: file[name] for name in file.files}
    except (OSError, ValueError, zipfile.BadZipFile, EOFError, AttributeError, TypeError) as error:
        if "allow_pickle" in str(error) and zipfile.is_zipfile(path):
            fix = "arrays of numbers or text: y = y.astype(str), or pad sequences to one length"
            raise NbdebugError("The data holds Python objects.", got=str(path), fix=fix) from None
        raise NbdebugError("The data cannot be read.", got=f"{path}: {error}", fix="np.savez(path, x=x, y=y)") from None
    if not arrays:
        raise NbdebugError("The data holds no array.", got=str(path), fix="np.savez(path, x=x, y=y)")
    return arrays


def arranged(arrays: Arrays, inputs: Sequence[str], heads: Sequence[str]) -> tuple[Any, Any, Any]:
    """x, y and (x_val, y_val) or None, out of arrays named x, y, x_val, y_val or as the model names its ends.

    Args:
        arrays: by name.
        inputs: what the model calls its inputs; empty where it does not say.
        heads: what it calls its outputs.

    Raises:
        NbdebugError: an array of no known name, or none for an input.
    """
    known = [*dict.fromkeys(("x", "y", *inputs, *heads))]
    known += [f"{name}{_VALIDATION}" for name in known]
    for name in arrays:
        if name not in known:
            raise unknown_name("input or label", name, known)
    x = _side(arrays, "x", inputs, "")
    if x is None:
        named = " or ".join(["x", *(", ".join(inputs) for _ in [0] if inputs)])
        raise NbdebugError("The data holds no inputs.", got=", ".join(arrays), fix=f"an array named {named}")
    y = _side(arrays, "y", heads, "")
    held_out = _side(arrays, "x", inputs, _VALIDATION), _side(arrays, "y", heads, _VALIDATION)
    return x, y, held_out if held_out[0] is not None and held_out[1] is not None else None


def _side(arrays: Arrays, plain: str, names: Sequence[str], ending: str) -> Any:
    if plain + ending in arrays:
        return arrays[plain + ending]
    found = {name: arrays[name + ending] for name in names if name + ending in arrays}
    absent = [name + ending for name in names if name not in found]
    if found and absent and plain == "x":
        raise NbdebugError("The data lacks an input.", got=", ".join(arrays), fix=f"an array named {', '.join(absent)}")
    return found or None
