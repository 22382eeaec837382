"""A saved model, with an error that says how where it cannot be read."""

from __future__ import annotations

from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import keras

from nbdebug.errors import NbdebugError

_ENDINGS = (".keras", ".h5", ".hdf5")


def load_model(path: Path, trusted: bool = False) -> Any:
    """Load a model with its loss and optimizer.

    Args:
        path: a file that Keras saved.
        trusted: whether Python code inside the file, as of a Lambda layer, may run.

    Raises:
        NbdebugError: the file is missing, no model, or needs code that has not been imported.
    """
    if not path.exists():
        raise NbdebugError("There is no such model.", got=str(path), fix=f"a path relative to {Path.cwd()}")
    if path.is_dir() or path.suffix not in _ENDINGS:
        got = f"{path} is a folder" if path.is_dir() else str(path)
        raise NbdebugError("The model is not a file that Keras saves.", got=got, fix='model.save("model.keras")')
    try:
        return keras.saving.load_model(path, safe_mode=not trusted)
    except Exception as error:
        raise _unreadable(path, str(error).strip() or type(error).__name__) from error


def import_code(name: str) -> None:
    """Import a module or a file, so that the classes it registers are known.

    Raises:
        NbdebugError: it is not there, or raised.
    """
    try:
        if not name.endswith(".py"):
            import_module(name)
            return
        spec = spec_from_file_location(Path(name).stem, name)
        if spec is None or spec.loader is None:
            raise ImportError(name)
        spec.loader.exec_module(module_from_spec(spec))
    except Exception as error:
        fix = "a file such as layers.py, or a module that can be imported from here"
        raise NbdebugError("The code cannot be imported.", got=f"{type(error).__name__}: {error}", fix=fix) from error


def _unreadable(path: Path, message: str) -> NbdebugError:
    first = message.splitlines()[0]
    if "lambda" in message.lower() and "safe" in message.lower():
        return NbdebugError(
            "The model holds Python code (a Lambda layer), which runs when it is loaded.",
            got=str(path),
            fix="--trust, if you know where the file comes from",
        )
    if "Could not locate" in message or "Unknown layer" in message or "custom_objects" in message:
        return NbdebugError(
            "The model has layers or functions of your own, and their code is not known here.",
            got=first,
            fix="@keras.saving.register_keras_serializable() before each class, and its file: --import layers.py",
        )
    return NbdebugError(
        "The model cannot be read.", got=f"{path}: {first}", fix='save it again: model.save("model.keras")'
    )
