"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called as `progress(done, total)` after each batch; it may raise `Cancelled`, which ends the work."""

Pulse = Callable[[], None]
"""Called as `pulse()` between the batches of work whose length nobody knows; it may raise as `Progress` may."""


def still() -> None:
    """The pulse that ends nothing."""
