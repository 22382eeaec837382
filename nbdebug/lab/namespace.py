"""What in a notebook's namespace could be debugged, without importing a framework to find out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class FoundModel:
    """A Keras model in the namespace.

    Args:
        name: the variable.
        kind: its class.
        n_parameters: how many parameters it has, None where it is not built.
        inputs, outputs: shapes of one example; empty where the model does not tell.
    """

    name: str
    kind: str
    n_parameters: int | None
    inputs: tuple[Shape, ...]
    outputs: tuple[Shape, ...]


@dataclass(frozen=True)
class FoundData:
    """Arrays, a table or a data set in the namespace.

    Args:
        name: the variable.
        kind: "array", "arrays" (a list or dict of them), "table" or "dataset".
        n_examples: length of the first axis, None where it is not known.
        shapes: shapes of one example.
        names: keys of a dict of arrays, in the order of `shapes`.
    """

    name: str
    kind: str
    n_examples: int | None
    shapes: tuple[Shape, ...]
    names: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The variable and what it holds, in a few words."""
        size = "" if self.n_examples is None else f"{self.n_examples:,}"
        shapes = "; ".join(" × ".join(f"{n:,}" for n in shape if n is not None) for shape in self.shapes)
        return f"{self.name} ({' × '.join(part for part in (size, shapes) if part) or self.kind})"


def find_models(namespace: Mapping[str, Any]) -> list[FoundModel]:
    """The Keras models of the namespace; none where Keras was never imported."""
    keras = sys.modules.get("keras")
    if keras is None:
        return []
    found = []
    for name, value in _candidates(namespace):
        if isinstance(value, keras.Model):
            found.append(
                FoundModel(
                    name,
                    type(value).__name__,
                    value.count_params() if value.built else None,
                    _tensor_shapes(value, "inputs"),
                    _tensor_shapes(value, "outputs"),
                )
            )
    return found


def find_data(namespace: Mapping[str, Any]) -> list[FoundData]:
    """The arrays, tables and data sets of the namespace."""
    found = (_data(name, value) for name, value in _candidates(namespace))
    return [data for data in found if data is not None]


def _candidates(namespace: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    seen: set[int] = set()
    for name, value in list(namespace.items()):
        if not name.startswith("_") and name not in ("In", "Out") and id(value) not in seen:
            seen.add(id(value))
            yield name, value


def _tensor_shapes(model: Any, which: str) -> tuple[Shape, ...]:
    tensors = getattr(model, which, None) or ()  # a subclassed model has none
    return tuple(tuple(tensor.shape[1:]) for tensor in tensors)


def _data(name: str, value: Any) -> FoundData | None:
    if _is(value, "pandas", "DataFrame"):
        return FoundData(name, "table", len(value), ((value.shape[1],),))
    if _is(value, "tensorflow", "data.Dataset"):
        return FoundData(name, "dataset", None, ())
    if _is_array(value):
        return FoundData(name, "array", len(value), (tuple(value.shape[1:]),))
    parts = (
        dict(value) if isinstance(value, dict) else dict(enumerate(value)) if isinstance(value, list | tuple) else {}
    )
    if parts and all(_is_array(part) for part in parts.values()) and len({len(part) for part in parts.values()}) == 1:
        shapes = tuple(tuple(part.shape[1:]) for part in parts.values())
        names = tuple(map(str, parts)) if isinstance(value, dict) else ()
        return FoundData(name, "arrays", len(next(iter(parts.values()))), shapes, names)
    return None


def _is_array(value: Any) -> bool:
    known = _is(value, "numpy", "ndarray") or _is(value, "pandas", "Series") or _is(value, "tensorflow", "Tensor")
    return known and getattr(value, "ndim", 1) > 0 and len(value) > 0


def _is(value: Any, module: str, path: str) -> bool:
    here: Any = sys.modules.get(module)
    for part in path.split("."):
        here = getattr(here, part, None)
    return here is not None and isinstance(value, here)
