"""Debug deep neural networks from inside the notebook.

Importing this package loads neither TensorFlow nor any widget; public names load what they need when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbdebug.adapters.keras.watching.monitor import Monitor as Monitor
    from nbdebug.checkup import check as check
    from nbdebug.errors import NbdebugError as NbdebugError
    from nbdebug.lab.debug import debug as debug
    from nbdebug.session import Session as Session

_HOMES = {
    "Monitor": "nbdebug.adapters.keras.watching.monitor",
    "check": "nbdebug.checkup",
    "debug": "nbdebug.lab.debug",
    "Session": "nbdebug.session",
    "NbdebugError": "nbdebug.errors",
}
__all__ = [*_HOMES, "__version__"]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version  # half of the import time, and nobody asks for it

        return version("nbdebug")
    if name not in _HOMES:
        raise AttributeError(f"module 'nbdebug' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext nbdebug`: register the magics and open the sidebar."""
    from nbdebug.lab.extension import load

    load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext nbdebug`: close every session and take the magics away."""
    from nbdebug.lab.extension import unload

    unload(shell)


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "nbdebug"}]
