"""A model as bytes, for workers on other machines, and back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras

from nbdebug.errors import NbdebugError

_FILE = "model.keras"


@dataclass(frozen=True)
class Packed:
    """A model in Keras' own format, and what the user wrote that it needs."""

    file: bytes
    own: Mapping[str, Any]


def pack(model: Any) -> Packed:
    """The model as it is, compiled loss included; the model itself is read, not changed.

    Raises:
        NbdebugError: Keras cannot save it.
    """
    try:
        with tempfile.TemporaryDirectory() as folder:
            model.save(Path(folder) / _FILE)
            return Packed((Path(folder) / _FILE).read_bytes(), dict(_own_parts(model)))
    except Exception as error:
        raise _unfit_to_travel(error) from error


def unpack(packed: Packed) -> Any:
    """The same model in this process.

    Raises:
        NbdebugError: Keras cannot load it here.
    """
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / _FILE
            path.write_bytes(packed.file)
            # safe_mode guards against files of strangers; this one is the user's own model on the user's own workers.
            return keras.saving.load_model(path, custom_objects=dict(packed.own), safe_mode=False)
    except Exception as error:
        raise _unfit_to_travel(error) from error


def _own_parts(model: Any) -> Iterator[tuple[str, Any]]:
    """Classes and functions that are not Keras' own: a worker does not know what a notebook defines."""
    losses = keras.tree.flatten(getattr(model, "loss", None))
    for part in [*_layers(model), *(each for each in losses if each is not None)]:
        kind = part if callable(part) and hasattr(part, "__name__") else type(part)
        if not isinstance(part, str) and not str(kind.__module__).startswith(("keras.", "builtins")):
            yield kind.__name__, kind


def _layers(layer: Any) -> Iterator[Any]:
    yield layer
    for inner in getattr(layer, "layers", ()):
        yield from _layers(inner)


def _unfit_to_travel(error: Exception) -> NbdebugError:
    said = str(error).splitlines()
    return NbdebugError(
        "The model cannot be sent to the workers.",
        got=f"{type(error).__name__}: {said[0] if said else ''}",
        fix="give layers and losses of your own get_config() and @keras.saving.register_keras_serializable()",
    )
