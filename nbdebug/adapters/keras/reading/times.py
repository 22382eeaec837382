"""Which axis of a layer's output is time, found by following the model's graph from its inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import keras
import tensorflow as tf

from nbdebug.adapters.keras.reading.sliding import slid, slides
from nbdebug.adapters.keras.reading.taps import Call, key
from nbdebug.records.grid import Grid

_VIDEO = keras.layers.TimeDistributed | keras.layers.ConvLSTM1D | keras.layers.ConvLSTM2D | keras.layers.ConvLSTM3D
_EACH_VALUE = (
    keras.layers.BatchNormalization
    | keras.layers.GroupNormalization
    | keras.layers.LayerNormalization
    | keras.layers.Normalization
    | keras.layers.PReLU
)
_LEFT_IN_PLACE = keras.layers.Rescaling | keras.layers.Dropout | keras.layers.GaussianNoise | keras.layers.Activation
_SMALLEST_PICTURE = 8
NO_AXIS = "its output has no axis that follows the times of the input"
BACKWARDS = "it runs backwards: its positions count from the last time to the first"


@dataclass(frozen=True)
class Clock:
    """The time axis of one tensor, and where its positions stand."""

    axis: int
    grid: Grid


@dataclass(frozen=True)
class Unsure:
    """A call that only its gradient can tell about: its output, and the timed tensor that this is computed from."""

    name: str
    output: Any
    source: Any
    before: Clock
    after: Clock | None


@dataclass(frozen=True)
class Clocks:
    """Clocks of inputs and calls, the reason where a call has none, and what is not sure."""

    by_tensor: Mapping[Any, Clock]
    reasons: Mapping[str, str]
    unsure: tuple[Unsure, ...] = ()

    def of(self, tensor: Any) -> Clock | None:
        """The clock of a tensor that was an input or came out of a layer; for others, of what they come from."""
        if key(tensor) in self.by_tensor:
            return self.by_tensor[key(tensor)]
        clocks = [self.by_tensor.get(k) for k in sources(tensor, self._known)]
        return next((c for c in clocks if c and _keeps_shape(tensor.shape, c)), None)

    @property
    def _known(self) -> set[Any]:
        return set(self.by_tensor)


Told = Mapping[str, tuple[Clock | None, str]]
"""By name of a call: its clock, or why it has none."""


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


def clocks(inputs: Mapping[str, Any], calls: Iterable[Call], told: Told = MappingProxyType({})) -> Clocks:
    """Follow time from the inputs through all calls.

    Args:
        inputs: the fed tensors by input name.
        calls: in the order in which they ended.
        told: what is known of calls beforehand.
    """
    calls = [c for c in calls if c.output is not None and not c.reason]
    tensors = {key(t): t for t in (*inputs.values(), *(c.output for c in calls))}
    by_tensor: dict[Any, Clock | None] = {key(t): _input_clock(t, calls) for t in inputs.values()}
    n_times = {clock.grid.n_times for clock in by_tensor.values() if clock}
    lost: set[Any] = set()
    reasons: dict[str, str] = {}
    unsure: list[Unsure] = []
    for call in calls:
        if key(call.output) in by_tensor:
            continue
        before = _before(call, set(by_tensor))
        timed = {k: clock for k in before if (clock := by_tensor[k])}
        had_time = bool(timed) or any(k in lost for k in before)
        clock, reason = told.get(call.name) or _after(call, list(timed.values()), had_time, n_times)
        if timed and call.name not in told and is_unsure(call, _longest(timed.values()), clock):
            source = max(timed, key=lambda k: timed[k].grid.n_times)
            unsure.append(Unsure(call.name, call.output, tensors[source], timed[source], clock))
        by_tensor[key(call.output)] = clock
        reasons[call.name] = reason
        if had_time and clock is None:
            lost.add(key(call.output))
    kept = {k: c for k, c in by_tensor.items() if c}
    return Clocks(kept, {**reasons, **_shared(calls, reasons)}, tuple(unsure))


def channels_first(tensor: Any, calls: Iterable[Call]) -> bool:
    """Whether the layers that take an input take its first axis for channels."""
    held, told = {key(tensor)}, set()
    for call in calls:
        if call.output is None or not any(key(t) in held for t in call.inputs):
            continue
        layer = call.entry.layer
        told.add(getattr(layer, "data_format", None))
        by_value = isinstance(layer, _EACH_VALUE) or not layer.weights
        if by_value and call.output.shape == tensor.shape and not isinstance(layer, keras.layers.Permute):
            held.add(key(call.output))
    return "channels_first" in told


def is_picture(tensor: Any, calls: Iterable[Call]) -> bool:
    """Whether an input of two axes of one size is a picture without an axis for its channel.

    It is where all that the model does with it is to put such an axis behind it, or to flatten it; a convolution or a
    recurrent layer would take the first axis for time.
    """
    shape = tuple(tensor.shape)
    if len(shape) != 3 or shape[1] != shape[2] or (shape[1] or 0) < _SMALLEST_PICTURE:
        return False
    held, taken = {key(tensor)}, False
    for call in calls:
        if call.output is None or not any(key(t) in held for t in call.inputs):
            continue
        behind = tuple(call.output.shape)
        if behind == shape and isinstance(call.entry.layer, _EACH_VALUE | _LEFT_IN_PLACE):
            held.add(key(call.output))
        elif behind[1:] in ((*shape[1:], 1), (shape[1] * shape[2],)):
            taken = True
        else:
            return False
    return taken


def _shared(calls: list[Call], reasons: Mapping[str, str]) -> dict[str, str]:
    by_tensor = {key(c.output): reasons[c.name] for c in calls if c.name in reasons}
    return {c.name: by_tensor.get(key(c.output), "") for c in calls}


def _before(call: Call, known: set[Any]) -> list[Any]:
    if tf.is_symbolic_tensor(call.output):
        return sources(call.output, known)
    return [key(t) for t in call.inputs if key(t) in known]


def _longest(clocks: Iterable[Clock]) -> Clock:
    return max(clocks, key=lambda c: c.grid.n_times)


def _input_clock(tensor: Any, calls: list[Call]) -> Clock | None:
    eaten_by = [c.entry.layer for c in calls if any(key(t) == key(tensor) for t in c.inputs)]
    rank = len(tensor.shape)
    sequence = rank == 3 and not is_picture(tensor, calls)
    # A single token is a category, and has no time.
    tokens = rank == 2 and tensor.shape[1] != 1 and any(isinstance(layer, keras.layers.Embedding) for layer in eaten_by)
    video = rank >= 4 and any(isinstance(layer, _VIDEO) for layer in eaten_by)
    axis = 2 if sequence and channels_first(tensor, calls) else 1
    if not (sequence or tokens or video) or tensor.shape[axis] is None:
        return None
    n = int(tensor.shape[axis])
    return Clock(axis, Grid(n, n))


def _after(call: Call, before: list[Clock], had_time: bool, n_times: set[int]) -> tuple[Clock | None, str]:
    """The clock of a call's output, or why it has none."""
    layer, shape = call.entry.layer, call.output.shape
    if isinstance(layer, keras.layers.RepeatVector) and shape[1] in n_times:
        return Clock(1, Grid(int(shape[1]), int(shape[1]))), ""
    if not before:
        lost = "time was pooled, flattened or summed up before it"
        return None, lost if had_time else "nothing that it is computed from has a time axis"
    clock = _longest(before)
    if getattr(layer, "go_backwards", False) and len(shape) > 2:
        return None, BACKWARDS
    if isinstance(layer, keras.layers.Permute):
        return replace(clock, axis=1 + tuple(layer.dims).index(clock.axis)), ""
    first = 2 if getattr(layer, "data_format", "") == "channels_first" else 1
    if _mixes(layer, call, clock, first):
        return None, "each of its units is computed from all times"
    along = clock.axis >= first and len(shape) > max(2, clock.axis) and shape[clock.axis] is not None
    if along and slides(layer) and _is_known(layer):
        grid = _given(call, clock)
        return Clock(clock.axis, slid(layer, grid, int(shape[clock.axis]), clock.axis - first)), ""
    if _keeps_shape(shape, clock) and not (len(shape) == 2 and layer.weights):
        return clock, ""
    return None, NO_AXIS


def _mixes(layer: Any, call: Call, clock: Clock, first: int) -> bool:
    """Whether the weights of a layer add up over the axis that is time: the one that it takes for channels."""
    if not layer.weights or isinstance(layer, _EACH_VALUE):
        return False
    if first == 2:
        return clock.axis == 1
    return clock.axis > 1 and bool(call.inputs) and clock.axis == len(call.inputs[0].shape) - 1


def _given(call: Call, clock: Clock) -> Grid:
    """The grid of what a call was given, guessed to begin with the clock's where something outside of layers cut it."""
    n, grid = _length(call, clock), clock.grid
    return grid if n == grid.n else replace(grid, n=n, apart=grid.apart * max(1, round(grid.n / n)))


def _length(call: Call, clock: Clock) -> int:
    """Positions of what a call was given; more or less than the clock's where something outside of layers cut it."""
    shape = call.inputs[0].shape if call.inputs else ()
    return int(shape[clock.axis]) if len(shape) > clock.axis and shape[clock.axis] else clock.grid.n


def is_unsure(call: Call, before: Clock, after: Clock | None) -> bool:
    """Whether the shape and kind of a layer do not tell what became of time."""
    layer, rank = call.entry.layer, len(call.output.shape)
    if isinstance(layer, keras.layers.Lambda):
        return rank > 1
    if rank > 2 and _length(call, before) != before.grid.n:
        return True
    anything = isinstance(layer, keras.layers.Reshape) or not _is_known(layer)
    return after is None and anything and (rank > 2 or (rank == 2 and not layer.weights))


def _is_known(layer: Any) -> bool:
    """Whether it is one of Keras' own, or derived from one."""
    made_of = [c for c in type(layer).__mro__ if c is not keras.layers.Layer]
    return any(getattr(keras.layers, c.__name__, None) is c for c in made_of) or isinstance(layer, keras.Model)


def _keeps_shape(shape: Any, clock: Clock) -> bool:
    return len(shape) > clock.axis and shape[clock.axis] == clock.grid.n
