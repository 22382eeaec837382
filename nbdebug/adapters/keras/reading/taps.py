"""Listening to what layers put out while a model is being called."""

from __future__ import annotations

import functools
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import keras
import tensorflow as tf

from nbdebug.adapters.keras.reading.walk import Entry

SQUASHING = ("sigmoid", "softmax")


def key(tensor: Any) -> Any:
    """What tells one tensor from another, seen through casts: Keras casts before it calls a layer."""
    if not tf.is_symbolic_tensor(tensor):
        return id(tensor)
    while tensor.op.type in ("Cast", "Identity") and tensor.op.inputs:
        tensor = tensor.op.inputs[0]
    return tensor.name


@dataclass(frozen=True)
class Call:
    """One call of one layer."""

    entry: Entry
    name: str
    inputs: tuple[Any, ...]
    output: Any
    n_outputs: int
    mask: Any | None
    reason: str


@dataclass(frozen=True)
class Squash:
    """One call of a sigmoid or softmax: what went in and what came out."""

    logit: Any
    output: Any
    activation: str


@dataclass
class Recorder:
    """What was heard during one call of the model.

    Args:
        on_call: is told of each call of a layer while the model still runs.
    """

    on_call: Callable[[Call], None] | None = None
    calls: list[Call] = field(default_factory=list)
    squashes: list[Squash] = field(default_factory=list)
    failed: Entry | None = None
    graph: Any | None = None
    _thread: int = field(default_factory=threading.get_ident)
    _masks: dict[Any, Any] = field(default_factory=dict)
    _counts: dict[int, int] = field(default_factory=dict)

    def listens(self) -> bool:
        """Only the thread that calls the model for us is heard."""
        return threading.get_ident() == self._thread

    def hear(self, entry: Entry, args: tuple[Any, ...], kwargs: dict[str, Any], result: Any) -> None:
        """Note one finished call."""
        outputs = [t for t in keras.tree.flatten(result) if tf.is_tensor(t)]
        inputs = tuple(t for t in keras.tree.flatten((args, kwargs)) if tf.is_tensor(t))
        count = self._counts[id(entry.layer)] = self._counts.get(id(entry.layer), 0) + 1
        name = entry.name if count == 1 else f"{entry.name}@{count}"
        output = outputs[0] if outputs else None
        mask = None if output is None else self._mask(entry.layer, args, kwargs, output)
        call = Call(entry, name, inputs, output, len(outputs), mask, self._unreachable(output))
        self.calls.append(call)
        if self.on_call is not None:
            self.on_call(call)

    def fail(self, entry: Entry) -> None:
        """Note the innermost layer that raised."""
        if self.failed is None:
            self.failed = entry

    def logit(self, output: Any) -> Squash | None:
        """The sigmoid or softmax call that made `output`, None where there is none."""
        return next((s for s in self.squashes if key(s.output) == key(output)), None)

    def made_by(self, output: Any) -> Call | None:
        """The innermost call that put out `output`."""
        return next((c for c in self.calls if c.output is not None and key(c.output) == key(output)), None)

    def _unreachable(self, output: Any) -> str:
        if output is None:
            return "it returns no array"
        if self.graph is not None and tf.is_symbolic_tensor(output) and output.graph is not self.graph:
            return "it runs inside a loop or a compiled function of its own, where its values cannot be read"
        return ""

    def _mask(self, layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any], output: Any) -> Any | None:
        """The mask of `output`, found as Keras finds it but through `compute_mask` alone."""
        known = self._masks.get(key(output))
        if known is not None or isinstance(layer, keras.Model) or not layer.supports_masking or not args:
            return known
        before = kwargs.get("mask")
        if before is None:
            before = keras.tree.map_structure(lambda t: self._masks.get(key(t)), args[0])
        with quiet():
            # One value a position; what attention weighs, a mask of pairs leaves out.
            after = [m for m in _flat(layer.compute_mask(args[0], before)) if m is not None and len(m.shape) == 2]
        if after:
            self._masks[key(output)] = after[0]
            return after[0]
        return None


@contextmanager
def taps(entries: Sequence[Entry], recorder: Recorder, linear: Sequence[Any] = ()) -> Iterator[None]:
    """Let `recorder` hear every layer while the block runs; nothing of it is left afterwards.

    Args:
        linear: layers whose activation is replaced by the identity, so that what they put out is the logit.
    """
    with ExitStack() as stack:
        for entry in entries:
            if entry.layer in linear:
                stack.enter_context(shadow(entry.layer, "activation", _identity))
            if entry.reason:
                continue
            stack.enter_context(shadow(entry.layer, "call", _tapped_call(entry, recorder)))
            if activation_name(entry.layer) in SQUASHING and entry.layer not in linear:
                _tap_activation(stack, entry.layer, recorder)
        yield


def activation_name(layer: Any) -> str | None:
    """Name of the layer's activation function, None where it has none."""
    if isinstance(layer, keras.layers.ReLU | keras.layers.Softmax | keras.layers.LeakyReLU | keras.layers.ELU):
        return {"ReLU": "relu", "Softmax": "softmax", "LeakyReLU": "leaky_relu", "ELU": "elu"}.get(type(layer).__name__)
    if isinstance(layer, keras.layers.PReLU):
        return "prelu"
    if isinstance(layer, keras.layers.Bidirectional):
        return activation_name(layer.forward_layer)
    if isinstance(layer, keras.layers.Wrapper):
        return activation_name(layer.layer)
    activation = getattr(layer, "activation", None)
    if not callable(activation):
        return None
    return getattr(activation, "__name__", None) or getattr(activation, "name", None) or type(activation).__name__


def _tap_activation(stack: ExitStack, layer: Any, recorder: Recorder) -> None:
    if isinstance(layer, keras.layers.Softmax):
        stack.enter_context(shadow(layer, "call", _tapped_squash(layer.call, recorder, "softmax")))
    elif "activation" in vars(layer):
        name = activation_name(layer) or ""
        stack.enter_context(shadow(layer, "activation", _tapped_squash(layer.activation, recorder, name)))


def _tapped_call(entry: Entry, recorder: Recorder) -> Callable[..., Any]:
    original = entry.layer.call

    @functools.wraps(original)
    def call(*args: Any, **kwargs: Any) -> Any:
        if not recorder.listens():
            return original(*args, **kwargs)
        try:
            result = original(*args, **kwargs)
        except Exception:
            recorder.fail(entry)
            raise
        recorder.hear(entry, args, kwargs, result)
        return result

    return call


def _tapped_squash(original: Callable[..., Any], recorder: Recorder, name: str) -> Callable[..., Any]:
    @functools.wraps(original)
    def squash(logit: Any, *args: Any, **kwargs: Any) -> Any:
        output = original(logit, *args, **kwargs)
        if recorder.listens() and tf.is_tensor(output):
            recorder.squashes.append(Squash(logit, output, name))
        return output

    return squash


@contextmanager
def shadow(layer: Any, name: str, value: Any) -> Iterator[None]:
    """Shadow an attribute in the instance's own dictionary: Keras' tracking of attributes never sees it."""
    own = vars(layer)
    had, before = name in own, own.get(name)
    own[name] = value
    try:
        yield
    finally:
        if had:
            own[name] = before
        else:
            own.pop(name, None)


@contextmanager
def quiet() -> Iterator[None]:
    """Without the warnings of Keras: the user has seen them when the model was made or trained."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _flat(masks: Any) -> list[Any]:
    return [] if masks is None else list(keras.tree.flatten(masks))


def _identity(x: Any) -> Any:
    return x
