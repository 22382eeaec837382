"""Being told of every `fit`, whoever calls it, without changing what it does."""

from __future__ import annotations

import functools
import inspect
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable
from weakref import WeakSet

import keras

from nbdebug.adapters.keras.copying.apart import is_apart

_METHODS = ("fit", "train_on_batch")


@dataclass
class Fit:
    """One outermost call of `fit`, or the first `train_on_batch` of a model.

    Args:
        model: that is trained.
        method: "fit" or "train_on_batch".
        arguments: as they will be handed to Keras, by name; what is replaced here reaches Keras.
        understood: False where the arguments do not fit the method, so that it is about to raise.
        callbacks: further callbacks for this call; they run before the user's.
    """

    model: Any
    method: str
    arguments: dict[str, Any]
    understood: bool = True
    callbacks: list[Any] = field(default_factory=list)


@runtime_checkable
class Listener(Protocol):
    """Who is told of fits. What it raises ends the fit."""

    def deaf(self) -> bool:
        """Whether this call is none of its business, such as one in a forked process."""
        ...

    def begins(self, fit: Fit) -> None:
        """Before the fit."""
        ...

    def ends(self, fit: Fit, error: BaseException | None) -> None:
        """After it, with what it raised."""
        ...

    def steps(self) -> None:
        """Before every further `train_on_batch`."""
        ...


def watch(listener: Listener) -> Callable[[], None]:
    """Tell `listener` of every outermost fit from now on, but for those of copies; the result ends that.

    Methods are replaced on `keras.Model`, so that models that exist already, and classes that override `fit` and call
    the inherited one, are heard too.
    """
    own = {name: vars(keras.Model).get(name) for name in _METHODS}
    state, over = _State(), threading.Event()

    def deaf() -> bool:
        return over.is_set() or is_apart() or listener.deaf()

    ours = {name: _wrapped(name, getattr(keras.Model, name), listener, state, deaf) for name in _METHODS}
    for name, method in ours.items():
        setattr(keras.Model, name, method)

    def undo() -> None:
        over.set()
        for name, method in own.items():
            if vars(keras.Model).get(name) is not ours[name]:
                continue  # somebody else has wrapped ours since; it only passes on from now on
            if method is None:
                delattr(keras.Model, name)
            else:
                setattr(keras.Model, name, method)

    return undo


class Bell(keras.callbacks.Callback):  # type: ignore[misc]
    """Rings before every step and every batch of validation, and after every step."""

    def __init__(self, step: Callable[[], None], stepped: Callable[[], None]) -> None:
        super().__init__()
        self._step, self._stepped = step, stepped

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        self._step()

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        self._stepped()

    def on_test_batch_begin(self, batch: int, logs: Any = None) -> None:
        self._step()


class Harmless(keras.callbacks.Callback):  # type: ignore[misc]
    """Another callback that falls silent instead of raising into the user's training."""

    def __init__(self, inner: Any) -> None:
        super().__init__()
        self._inner, self.broke = inner, ""

    def set_model(self, model: Any) -> None:
        super().set_model(model)
        self._inner.set_model(model)

    def on_train_begin(self, logs: Any = None) -> None:
        self._pass_on("on_train_begin", logs)

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self._pass_on("on_epoch_begin", epoch, logs)

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        self._pass_on("on_train_batch_begin", batch, logs)

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        self._pass_on("on_train_batch_end", batch, logs)

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self._pass_on("on_epoch_end", epoch, logs)

    def on_train_end(self, logs: Any = None) -> None:
        self._pass_on("on_train_end", logs)

    def _pass_on(self, event: str, *given: Any) -> None:
        if self.broke:
            return
        try:
            getattr(self._inner, event)(*given)
        except Exception as error:  # watching must not end what it watches
            self.broke = f"{type(error).__name__}: {error}"


class _State(threading.local):
    """Of one thread: whether a fit runs, and which models have been trained batch by batch."""

    def __init__(self) -> None:
        self.inside = False
        self.by_batch: WeakSet[Any] = WeakSet()


def _wrapped(
    name: str, method: Callable[..., Any], listener: Listener, state: _State, deaf: Callable[[], bool]
) -> Callable[..., Any]:
    signature = inspect.signature(method)

    @functools.wraps(method)
    def watched(model: Any, *args: Any, **kwargs: Any) -> Any:
        if state.inside or deaf():
            return method(model, *args, **kwargs)
        if name == "train_on_batch":
            listener.steps()
            if model in state.by_batch:
                return method(model, *args, **kwargs)
            state.by_batch.add(model)
        fit = _fit(name, signature, model, args, kwargs)
        state.inside = True
        try:
            return _run(fit, lambda: method(model, *args, **kwargs), method, listener)
        finally:
            state.inside = False

    return watched


def _run(fit: Fit, as_called: Callable[[], Any], method: Callable[..., Any], listener: Listener) -> Any:
    try:
        listener.begins(fit)
        with _Lent(fit):
            result = method(fit.model, **fit.arguments) if fit.understood else as_called()
    except BaseException as error:
        listener.ends(fit, error)
        raise
    listener.ends(fit, None)
    return result


def _fit(name: str, signature: inspect.Signature, model: Any, args: Sequence[Any], kwargs: dict[str, Any]) -> Fit:
    try:
        given = dict(signature.bind(model, *args, **kwargs).arguments)
    except TypeError:
        return Fit(model, name, dict(kwargs), understood=False)
    return Fit(model, name, {k: v for k, v in given.items() if k != next(iter(signature.parameters))})


class _Lent:
    """Our callbacks among the user's, for the time of one fit."""

    def __init__(self, fit: Fit) -> None:
        self._ours = fit.callbacks
        self._list: Any = None
        if not self._ours or fit.method != "fit" or not fit.understood:
            return
        given = fit.arguments.get("callbacks")
        if isinstance(given, keras.callbacks.CallbackList):
            self._list = given
        else:
            theirs = keras.tree.flatten(given) if given else []
            fit.arguments["callbacks"] = [*self._ours, *theirs]

    def __enter__(self) -> None:
        if self._list is not None:
            for callback in self._ours:
                callback.set_params(self._list.params)
                if self._list.model is not None:
                    callback.set_model(self._list.model)
                self._list.callbacks.append(callback)

    def __exit__(self, *_error: object) -> None:
        if self._list is not None:
            for callback in self._ours:
                self._list.callbacks.remove(callback)
