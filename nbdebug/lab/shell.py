"""Whether somebody is looking, and where."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any


def current_shell() -> Any | None:
    """The running IPython shell, None in a plain script; IPython is not imported to find out."""
    module = sys.modules.get("IPython")
    return module.get_ipython() if module is not None else None


def in_notebook() -> bool:
    """Whether code runs in a Jupyter kernel, so that widgets have somewhere to show."""
    return getattr(current_shell(), "kernel", None) is not None


def cell_number() -> int | None:
    """Counts the cells that were run; None outside IPython."""
    return getattr(current_shell(), "execution_count", None)


def after_each_cell(called: Callable[..., None], wanted: bool) -> None:
    """Have `called` called after each cell, or no longer."""
    shell = current_shell()
    if shell is not None:
        change = shell.events.register if wanted else shell.events.unregister
        with suppress(ValueError):  # it was not registered
            change("post_run_cell", called)
