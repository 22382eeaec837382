"""What ended a script, in plain words."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

from nbdebug.adapters.keras.explaining.explain import explain


def explained(error: BaseException, script: Path, preflight: Any) -> dict[str, Any]:
    """Explanation, cause and line of what a script raised; None where nothing is known.

    Args:
        preflight: the `Preflight` that watched its fits, None where Keras was never imported.
    """
    line = _line(error, script)
    if isinstance(error, SyntaxError):
        return {"explanation": _syntax(error), "cause": "usage", "line": error.lineno or line}
    if isinstance(error, KeyboardInterrupt):
        return {"explanation": "The script was interrupted.", "cause": None, "line": line}
    found = preflight.raised(error) if preflight is not None else None
    if found is None:
        found = explain(error)
    if found is None:
        return {"explanation": None, "cause": None, "line": line}
    return {"explanation": f"{found.why} Try: {found.fix}", "cause": found.cause, "line": line}


def _syntax(error: SyntaxError) -> str:
    where = f"line {error.lineno}: {(error.text or '').strip()}" if error.lineno else "the file"
    hint = " It is Python 2; print needs brackets in Python 3." if "print" in str(error.msg) else ""
    return f"The script is not Python that this version can read ({where}).{hint}"


def _line(error: BaseException, script: Path) -> int | None:
    """The last line of the script that was running."""
    name = str(script.absolute())
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == name]
    return lines[-1] if lines else None
