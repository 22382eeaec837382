"""The callbacks of a fit that wait for a monitored number, as plain facts."""

from __future__ import annotations

from typing import Any

import keras

from nbdebug.records.waiting import Deed, Waiting

_DEEDS: tuple[tuple[type, Deed], ...] = (
    (keras.callbacks.EarlyStopping, "stop"),
    (keras.callbacks.ReduceLROnPlateau, "reduce"),
)


def waiting_of(callbacks: Any) -> tuple[Waiting, ...]:
    """Those that are Keras' own, in the order given; what cannot be read is left out."""
    given = callbacks if isinstance(callbacks, list | tuple) else [callbacks]
    found = [_waiting(callback, deed) for callback in given for kind, deed in _DEEDS if isinstance(callback, kind)]
    return tuple(wait for wait in found if wait is not None)


def _waiting(callback: Any, deed: Deed) -> Waiting | None:
    try:
        return Waiting(
            deed=deed,
            monitor=str(callback.monitor),
            mode=str(callback.mode),
            patience=int(callback.patience),
            least=abs(float(callback.min_delta)),
            factor=float(getattr(callback, "factor", 1.0)),
            cooldown=int(getattr(callback, "cooldown", 0)),
            lowest=float(getattr(callback, "min_lr", 0.0)),
        )
    except (AttributeError, TypeError, ValueError):
        return None
