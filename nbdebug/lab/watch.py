"""`%nbdebug watch`: every later fit of the notebook is looked at."""

from __future__ import annotations

from collections.abc import Callable

from nbdebug.adapters.after_import import after_import


class Watch:
    """Off at first; while it is on, each fit is looked at before it begins, and watched while it trains.

    Keras is not imported for it: whoever watches before the first `import keras` may still set Keras up.
    """

    def __init__(self) -> None:
        self._undos: list[Callable[[], None]] = []

    @property
    def is_on(self) -> bool:
        """Whether fits are watched, or will be as soon as Keras is imported."""
        return bool(self._undos)

    def on(self) -> None:
        """Watch every fit from now on; once is enough."""
        if not self._undos:
            self._undos.append(after_import("keras", self._begin))

    def off(self) -> None:
        """Leave later fits alone, and Keras as it was."""
        while self._undos:
            self._undos.pop()()

    def _begin(self) -> None:
        from nbdebug.adapters.keras.watching.preflight import Preflight
        from nbdebug.adapters.keras.watching.telling import Teller
        from nbdebug.adapters.keras.watching.watch import watch as watch_fits

        # Copies are trained when somebody asks: a cell should not go on long after its fit has ended.
        self._undos.append(watch_fits(Preflight(Teller(print), confirm=False)))


watch = Watch()
"""The one watch of this process."""
