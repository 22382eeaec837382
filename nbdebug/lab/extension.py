"""What `%load_ext nbdebug` and `%unload_ext nbdebug` do."""

from __future__ import annotations

from typing import Any

from nbdebug.lab.chooser import choose
from nbdebug.lab.host import host
from nbdebug.lab.magics import NbdebugMagics
from nbdebug.lab.shell import in_notebook
from nbdebug.lab.watch import watch
from nbdebug.render import display


def load(shell: Any) -> None:
    """Register `%nbdebug` and, in a notebook, offer the models and arrays that are there."""
    shell.register_magics(NbdebugMagics)
    display.register(shell)
    if in_notebook():
        choose(shell.user_ns)


def unload(shell: Any) -> None:
    """Close every session, watch no more fits and take the magic away."""
    watch.off()
    host.shut()
    display.unregister(shell)
    shell.magics_manager.magics["line"].pop("nbdebug", None)
