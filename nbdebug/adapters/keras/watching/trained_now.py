"""Whether somebody trains a model right now, and what a Monitor notes meanwhile."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Protocol, runtime_checkable
from weakref import ReferenceType, ref

import keras

from nbdebug.records.series import Series

_TRAINS = ("fit", "train_on_batch")
_OURS = "nbdebug-"

Observer = Callable[[], None]


@runtime_checkable
class Noting(Protocol):
    """What notes a fit; see `nbdebug.Monitor`."""

    @property
    def series(self) -> Series: ...


class _Fits:
    """The fit that was watched last, by model; neither models nor monitors are kept alive."""

    def __init__(self) -> None:
        self._noted: dict[int, tuple[ReferenceType[Any], Series | ReferenceType[Any]]] = {}
        self._observers: dict[int, list[Observer]] = {}

    def begins(self, model: Any, monitor: Noting) -> None:
        self._put(model, ref(monitor))
        for observer in list(self._observers.get(id(model), ())):
            observer()

    def ends(self, model: Any, series: Series) -> None:
        self._put(model, series)

    def series(self, model: Any) -> Series | None:
        kept, noted = self._noted.get(id(model), (None, None))
        if kept is None or kept() is not model:
            return None
        monitor = noted() if isinstance(noted, ref) else None
        with suppress(RuntimeError):  # training changed it while it was read
            return monitor.series if monitor is not None else noted if isinstance(noted, Series) else None
        return None

    def observe(self, model: Any, observer: Observer) -> Callable[[], None]:
        observers = self._observers.setdefault(id(model), [])
        observers.append(observer)
        return lambda: observers.remove(observer) if observer in observers else None

    def _put(self, model: Any, noted: Series | ReferenceType[Any]) -> None:
        at = id(model)
        self._noted[at] = ref(model, lambda gone: self._forget(at, gone)), noted

    def _forget(self, at: int, gone: ReferenceType[Any]) -> None:
        if self._noted.get(at, (None,))[0] is gone:
            del self._noted[at]


_FITS = _Fits()


def fit_begins(model: Any, monitor: Noting) -> None:
    """A monitor begins to note; whatever goes wrong here, training goes on."""
    with suppress(Exception):
        _FITS.begins(model, monitor)


def fit_ends(model: Any, series: Series) -> None:
    """A monitor has noted all of a fit."""
    with suppress(Exception):
        _FITS.ends(model, series)


def last_series(model: Any) -> Series | None:
    """What was noted of the fit that runs, or else of the last one that a Monitor was in."""
    return _FITS.series(model)


def when_training_begins(model: Any, observer: Observer) -> Callable[[], None]:
    """Call `observer()`, on the thread that trains, when a watched fit of `model` begins; returns how to stop that."""
    return _FITS.observe(model, observer)


def is_training(model: Any) -> bool:
    """Whether another thread is inside Keras' training of `model`, or of a model that shares weights with it.

    The stacks of the threads say so; Keras itself does not. Training loops of the user's own are not seen.
    """
    trained = list(_models_in_training())
    if not trained:
        return False
    weights = {id(weight) for weight in model.trainable_variables}
    return any(it is model or any(id(weight) in weights for weight in it.trainable_variables) for it in trained)


def _models_in_training() -> Iterator[Any]:
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    for ident, top in sys._current_frames().items():
        if ident == threading.get_ident() or names.get(ident, "").startswith(_OURS):
            continue
        frame: Any = top
        while frame is not None:
            if frame.f_code.co_name in _TRAINS and isinstance(frame.f_locals.get("self"), keras.Model):
                yield frame.f_locals["self"]
            frame = frame.f_back
