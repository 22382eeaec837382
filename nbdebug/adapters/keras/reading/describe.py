"""From what was heard in one call to the records that every view shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import keras
import numpy as np

from nbdebug.adapters.keras.reading.logits import head_activation
from nbdebug.adapters.keras.reading.taps import Call, Recorder, activation_name, key
from nbdebug.adapters.keras.reading.times import Clocks, channels_first, is_picture, sources
from nbdebug.adapters.keras.reading.walk import Entry
from nbdebug.adapters.keras.structure import Inputs
from nbdebug.records.head import Head
from nbdebug.records.layer import Layer
from nbdebug.records.ports import Input, InputKind


def describe_layers(entries: Sequence[Entry], recorder: Recorder, clocks: Clocks) -> tuple[Layer, ...]:
    """One record a call, in the order of the model; layers that were not called say why they show nothing."""
    units = _unit_axes(recorder.calls)
    layers = []
    for entry in entries:
        calls = [c for c in recorder.calls if c.entry is entry]
        layers += [_called(c, clocks, units) for c in calls] or [_silent(entry)]
    return tuple(layers)


def describe_inputs(inputs: Mapping[str, Any], x: Inputs, recorder: Recorder, clocks: Clocks) -> tuple[Input, ...]:
    """One record an input, of the data at hand."""
    return tuple(_input(name, tensor, x[name], recorder, clocks) for name, tensor in inputs.items())


def describe_heads(
    heads: Mapping[str, Any],
    recorder: Recorder,
    clocks: Clocks,
    losses: Mapping[str, str | None],
    logits: Mapping[str, Sequence[Any] | None],
) -> tuple[Head, ...]:
    """One record a head.

    Args:
        losses: name of the compiled loss by head.
        logits: how the logit of a head is reached, None where it has none.
    """
    described = []
    for name, tensor in heads.items():
        clock, call = clocks.of(tensor), recorder.made_by(tensor)
        described.append(
            Head(
                name=name,
                shape=_static(tensor)[1:],  # type: ignore[arg-type]
                activation=head_activation(tensor, recorder),
                loss=losses.get(name),
                time_axis=clock.axis if clock and len(tensor.shape) > 1 else None,
                time_grid=clock.grid if clock and len(tensor.shape) > 1 else None,
                layer=call.name if call else None,
                of_logit=logits.get(name) is not None,
            )
        )
    return tuple(described)


def embeddings_of(tensor: Any, recorder: Recorder) -> list[Call]:
    """The Embedding calls that look `tensor` up."""
    found = []
    for call in recorder.calls:
        direct = any(key(t) == key(tensor) for t in call.inputs)
        if isinstance(call.entry.layer, keras.layers.Embedding) and not call.reason and call.inputs:
            from_it = direct or key(tensor) in sources(call.inputs[0], {key(tensor)})
            found += [call] if from_it else []
    return found


def input_mask(tensor: Any, recorder: Recorder) -> Any | None:
    """(example, time) mask that the first layer behind an input makes of it, None without one."""
    for call in recorder.calls:
        made = isinstance(call.entry.layer, keras.layers.Masking | keras.layers.Embedding)
        if made and call.mask is not None and any(key(t) == key(tensor) for t in call.inputs):
            return call.mask
    return None


def unit_axis(shape: Sequence[int | None], layer: Any) -> int | None:
    """Which axis counts the units of a layer with this output shape."""
    if len(shape) < 2:
        return None
    axis = getattr(layer, "axis", None)
    if getattr(layer, "data_format", None) == "channels_first":
        return 1
    if isinstance(layer, keras.layers.BatchNormalization) and isinstance(axis, int):
        return axis % len(shape)
    return len(shape) - 1


def _unit_axes(calls: Sequence[Call]) -> dict[str, int | None]:
    """Axes by call name; layers that keep the shape (activations, dropout) keep the axis of what they are given."""
    axes: dict[str, int | None] = {}
    by_tensor: dict[Any, int | None] = {}
    for call in calls:
        if call.output is None:
            continue
        axis = by_tensor.get(key(call.output), unit_axis(_static(call.output), call.entry.layer))
        given = by_tensor.get(key(call.inputs[0])) if call.inputs else None
        keeps = given is not None and call.inputs[0].shape == call.output.shape and not call.entry.layer.weights
        axes[call.name] = by_tensor[key(call.output)] = given if keeps else axis
    return axes


def _called(call: Call, clocks: Clocks, units: Mapping[str, int | None]) -> Layer:
    clock = None if call.reason else clocks.by_tensor.get(key(call.output))
    shape = None if call.output is None else _static(call.output)
    reason = call.reason or ("" if clock else clocks.reasons.get(call.name, ""))
    if not reason and call.n_outputs > 1:
        reason = f"it returns {call.n_outputs} arrays; the first is shown"
    units_at = units.get(call.name)
    if clock and units_at == clock.axis:
        units_at = 3 - clock.axis if len(shape or ()) == 3 else None
    return _layer(
        call.entry,
        name=call.name,
        output_shape=None if call.reason else shape,
        time_axis=clock.axis if clock else None,
        time_grid=clock.grid if clock else None,
        unit_axis=None if call.reason else units_at,
        reason=reason,
    )


def _silent(entry: Entry) -> Layer:
    reason = entry.reason or "the model did not call it"
    return _layer(
        entry, name=entry.name, output_shape=None, time_axis=None, time_grid=None, unit_axis=None, reason=reason
    )


def _layer(entry: Entry, **facts: Any) -> Layer:
    layer = entry.layer
    return Layer(
        path=entry.path,
        type=type(layer).__name__,
        activation=activation_name(layer),
        n_parameters=int(sum(np.prod(w.shape) for w in layer.weights)),
        trainable=bool(layer.trainable),
        **facts,
    )


def _input(name: str, tensor: Any, array: np.ndarray, recorder: Recorder, clocks: Clocks) -> Input:
    first = array.ndim > 2 and channels_first(tensor, recorder.calls)
    shape = (*array.shape[2:], array.shape[1]) if first else array.shape[1:]
    timed, looked_up = clocks.by_tensor.get(key(tensor)) is not None, bool(embeddings_of(tensor, recorder))
    bare = array.ndim == 3 and is_picture(tensor, recorder.calls)
    shape = (*shape, 1) if bare else shape
    kind = "image" if bare else _kind(tensor, timed, looked_up)
    return Input(name, kind, shape, _channels(name, kind, shape), first, bare)


def _channels(name: str, kind: InputKind, shape: tuple[int, ...]) -> tuple[str, ...]:
    if kind == "tokens" or not shape:
        return ()
    # A column of a table that is an input of its own is called what the input is.
    return (name,) if kind == "tabular" and shape == (1,) else tuple(f"channel {i}" for i in range(shape[-1]))


def _kind(tensor: Any, timed: bool, looked_up: bool) -> InputKind:
    rank = len(tensor.shape)
    if rank == 2:
        return "tokens" if looked_up and timed else "tabular"
    if rank == 3:
        return "sequence"
    return "image" if rank == 4 and not timed else "other"


def _static(tensor: Any) -> tuple[int | None, ...]:
    return (None, *tensor.shape[1:]) if len(tensor.shape) else ()
