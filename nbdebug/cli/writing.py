"""Writing a report so that there is a whole one or none."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from nbdebug.errors import NbdebugError


def require_writable(path: Path) -> None:
    """Try out, before anything runs, whether a report can be written.

    Raises:
        NbdebugError: it cannot.
    """
    if path.is_dir():
        raise NbdebugError(
            "The report cannot be written.", got=f"{path} is a folder", fix="name a file, such as report.json"
        )
    try:
        with tempfile.NamedTemporaryFile(dir=path.absolute().parent, prefix=f".{path.name}."):
            pass
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(f"{path} may not be written")
    except OSError as error:
        raise NbdebugError(
            "The report cannot be written.", got=f"{path}: {error.strerror or error}", fix="another folder for --report"
        ) from None


def write_json(path: Path, content: Any) -> None:
    """Write strict JSON beside `path`, then put it in place at once.

    Raises:
        NbdebugError: it cannot be written any more.
    """
    text = json.dumps(content, allow_nan=False, indent=2)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text + "\n", encoding="utf-8")
        os.replace(beside, path)
    except OSError as error:
        raise NbdebugError(
            "The report could not be written.",
            got=f"{path}: {error.strerror or error}",
            fix="another folder for --report",
        ) from None
    finally:
        beside.unlink(missing_ok=True)
