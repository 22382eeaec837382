"""The browser's share of the widgets, as built from js/src/widgets."""

from __future__ import annotations

import json
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static"

_MISSING = "The browser part of nbdebug is not built: run `jlpm build:widgets` in js/ of its source tree."
_EXPLAIN = """export default {{ render({{ el }}) {{ el.textContent = {message}; }} }};"""


def module(name: str) -> str:
    """The text of the ESM module `name`; one that says what is missing where it has not been built."""
    path = STATIC / name
    return path.read_text("utf-8") if path.is_file() else _EXPLAIN.format(message=json.dumps(_MISSING))


def styles() -> str:
    """The style sheet of all views; empty where it has not been built."""
    path = STATIC / "nbdebug.css"
    return path.read_text("utf-8") if path.is_file() else ""
