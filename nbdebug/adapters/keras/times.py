"""Which axis of a layer's output is time, found by following the model's graph from its inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import keras
import tensorflow as tf

from nbdebug.adapters.keras.taps import Call, key

_RESIZING = ("strides", "pool_size", "cropping", "padding", "size")
_VIDEO = keras.layers.TimeDistributed | keras.layers.ConvLSTM1D | keras.layers.ConvLSTM2D | keras.layers.ConvLSTM3D


@dataclass(frozen=True)
class Clock:
    """The time axis of one tensor: `n` positions along `axis`, made from `n_times` input times."""

    axis: int
    n: int
    n_times: int

    @property
    def span(self) -> int:
        """Input times behind one position."""
        return max(1, round(self.n_times / max(1, self.n)))


@dataclass(frozen=True)
class Clocks:
    """Clocks of inputs and calls, and the reason where a call has none."""

    by_tensor: Mapping[Any, Clock]
    reasons: Mapping[str, str]

    def of(self, tensor: Any) -> Clock | None:
        """The clock of a tensor that was an input or came out of a layer; for others, of what they come from."""
        if key(tensor) in self.by_tensor:
            return self.by_tensor[key(tensor)]
        clocks = [self.by_tensor.get(k) for k in sources(tensor, self._known)]
        return next((c for c in clocks if c and _keeps(tensor, c)), None)

    @property
    def _known(self) -> set[Any]:
        return set(self.by_tensor)


def sources(tensor: Any, known: set[Any]) -> list[Any]:
    """The nearest of the `known` tensors that `tensor` is computed from, itself left out."""
    if not tf.is_symbolic_tensor(tensor):
        return []
    found, seen, waiting = [], set(), list(tensor.op.inputs)
    while waiting:
        current = waiting.pop(0)
        if current.name in seen:
            continue
        seen.add(current.name)
        if key(current) in known:
            found.append(key(current))
        else:
            waiting.extend(current.op.inputs)
    return found


def clocks(inputs: Mapping[str, Any], calls: Iterable[Call]) -> Clocks:
    """Follow time from the inputs through all calls.

    Args:
        inputs: the fed tensors by input name.
        calls: in the order in which they ended.
    """
    calls = [c for c in calls if c.output is not None and not c.reason]
    by_tensor: dict[Any, Clock | None] = {key(t): _input_clock(t, calls) for t in inputs.values()}
    n_times = {clock.n_times for clock in by_tensor.values() if clock}
    lost: set[Any] = set()
    reasons: dict[str, str] = {}
    for call in calls:
        if key(call.output) in by_tensor:
            continue
        before = _before(call, set(by_tensor))
        timed = [clock for clock in (by_tensor[k] for k in before) if clock]
        had_time = bool(timed) or any(k in lost for k in before)
        clock, reason = _after(call, timed, had_time, n_times)
        by_tensor[key(call.output)] = clock
        reasons[call.name] = reason
        if had_time and clock is None:
            lost.add(key(call.output))
    return Clocks({k: c for k, c in by_tensor.items() if c}, {**reasons, **_shared(calls, reasons)})


def _shared(calls: list[Call], reasons: Mapping[str, str]) -> dict[str, str]:
    by_tensor = {key(c.output): reasons[c.name] for c in calls if c.name in reasons}
    return {c.name: by_tensor.get(key(c.output), "") for c in calls}


def _before(call: Call, known: set[Any]) -> list[Any]:
    if tf.is_symbolic_tensor(call.output):
        return sources(call.output, known)
    return [key(t) for t in call.inputs if key(t) in known]


def _input_clock(tensor: Any, calls: list[Call]) -> Clock | None:
    eaten_by = [c.entry.layer for c in calls if any(key(t) == key(tensor) for t in c.inputs)]
    rank = len(tensor.shape)
    sequence = rank == 3
    tokens = rank == 2 and any(isinstance(layer, keras.layers.Embedding) for layer in eaten_by)
    video = rank >= 4 and any(isinstance(layer, _VIDEO) for layer in eaten_by)
    if not (sequence or tokens or video) or tensor.shape[1] is None:
        return None
    n = int(tensor.shape[1])
    return Clock(1, n, n)


def _after(call: Call, before: list[Clock], had_time: bool, n_times: set[int]) -> tuple[Clock | None, str]:
    """The clock of a call's output, or why it has none."""
    layer, shape = call.entry.layer, call.output.shape
    if isinstance(layer, keras.layers.RepeatVector) and shape[1] in n_times:
        return Clock(1, int(shape[1]), int(shape[1])), ""
    if not before:
        lost = "time was pooled, flattened or summed up before it"
        return None, lost if had_time else "nothing that it is computed from has a time axis"
    clock = max(before, key=lambda c: c.n_times)
    if getattr(layer, "go_backwards", False) and len(shape) > 2:
        return None, "it runs backwards: its positions count from the last time to the first"
    if isinstance(layer, keras.layers.Permute):
        return None, "it permutes the axes"
    if _keeps_layer(layer, shape, clock):
        return clock, ""
    axis = 2 if getattr(layer, "data_format", "") == "channels_first" else 1
    if len(shape) > 2 and shape[axis] is not None and any(hasattr(layer, a) for a in _RESIZING):
        return Clock(axis, int(shape[axis]), clock.n_times), ""
    return None, "its output has no axis that follows the times of the input"


def _keeps_layer(layer: Any, shape: Any, clock: Clock) -> bool:
    if len(shape) == 2 and layer.weights:
        return False
    if getattr(layer, "data_format", "") == "channels_first" and clock.axis == 1:
        return False
    return _keeps_shape(shape, clock)


def _keeps(tensor: Any, clock: Clock) -> bool:
    return _keeps_shape(tensor.shape, clock)


def _keeps_shape(shape: Any, clock: Clock) -> bool:
    return len(shape) > clock.axis and shape[clock.axis] == clock.n
