"""Where time went in a layer that nobody knows: which input times its positions depend on."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import tensorflow as tf

from nbdebug.adapters.keras.guard import loose_guard
from nbdebug.adapters.keras.reading.times import BACKWARDS, NO_AXIS, Clock, Clocks, Told, Unsure, clocks
from nbdebug.adapters.keras.reading.tracing import FIRST, Traced
from nbdebug.adapters.keras.structure import Inputs

log = logging.getLogger(__name__)

_ROUNDS = 4
_UNSEEN = "no gradient tells which times its positions come from"
_SHIFTED = "its positions are shifted against the times of the input"
_REASONS = (BACKWARDS, _SHIFTED, _UNSEEN, NO_AXIS)
"""What says most stands first."""


def follow(traced: Traced, x: Inputs) -> Clocks:
    """The clocks of all calls; where shapes do not tell, a backward pass over a few examples does."""
    told: dict[str, tuple[Clock | None, str]] = {}
    times = clocks(traced.tensors, traced.recorder.calls)
    for _ in range(_ROUNDS):
        if not times.unsure:
            break
        found = {} if traced.functions.eager else _measured(traced, x, told)
        told |= {each.name: found.get(each.name) or _verdict(each, {}) for each in times.unsure}
        times = clocks(traced.tensors, traced.recorder.calls, told)
    return times


def _measured(traced: Traced, x: Inputs, told: Told) -> dict[str, tuple[Clock | None, str]]:
    asked: dict[str, Unsure] = {}

    def body(tensors: Mapping[str, Any], n: Any) -> dict[str, dict[str, Any]]:  # noqa: ARG001
        recorder, _heads = traced.forward(tensors)
        asked.update({each.name: each for each in clocks(tensors, recorder.calls, told).unsure})
        return {name: _dependence(each) for name, each in asked.items()}

    try:
        function = traced.functions.compile(body)
        with loose_guard(traced.loose):
            found = function(*traced.functions.feed({name: array[:FIRST] for name, array in x.items()}))
    except (tf.errors.OpError, LookupError, NotImplementedError, TypeError, ValueError) as error:
        log.info("what became of time cannot be followed through %s: %s", ", ".join(asked), error)
        return {}
    return {name: _verdict(asked[name], found[name]) for name in asked}


def _dependence(asked: Unsure) -> dict[str, Any]:
    """By axis of the output: (position, time) True where one of a few positions depends on a position before."""
    found = {}
    for axis, n in enumerate(asked.output.shape):
        if axis and n is not None and 1 < n <= asked.before.grid.n and asked.output.dtype.is_floating:
            lines = [_times_behind(asked, axis, position) for position in _looked_at(n)]
            if all(line is not None for line in lines):
                found[str(axis)] = tf.stack(lines)
    return found


def _looked_at(n: int) -> tuple[int, ...]:
    return tuple(sorted({0, n // 2, n - 1}))


def _times_behind(asked: Unsure, axis: int, position: int) -> Any | None:
    part = tf.gather(asked.output, position, axis=axis)
    # Unequal weights: what adds up to a constant, such as a softmax, would show no gradient.
    weights = tf.reshape(tf.cos(tf.range(tf.cast(tf.size(part), tf.float32))), tf.shape(part))
    gradient = tf.gradients(part, asked.source, grad_ys=tf.cast(weights, part.dtype))[0]
    if gradient is None:
        return None
    moved = tf.not_equal(tf.convert_to_tensor(gradient), 0)
    return tf.reduce_any(moved, axis=[a for a in range(len(asked.source.shape)) if a != asked.before.axis])


def _verdict(asked: Unsure, found: Mapping[str, Any]) -> tuple[Clock | None, str]:
    """The clock of the first axis along which positions follow the times, or why there is none."""
    reasons = []
    for axis, lines in found.items():
        n = int(asked.output.shape[int(axis)])
        places, why = places_of(np.asarray(lines), _looked_at(n))
        if places is not None:
            first, step = places
            grid = asked.before.grid
            grid = replace(grid, n=n, first=grid.first + first * grid.apart, apart=grid.apart * step)
            return Clock(int(axis), grid), ""
        reasons.append(why)
    reason = next((why for why in _REASONS if why in reasons), _UNSEEN)
    kept = asked.after == asked.before and reason != BACKWARDS
    return (asked.after, "") if kept else (None, reason)


def places_of(lines: np.ndarray, positions: tuple[int, ...]) -> tuple[tuple[float, int] | None, str]:
    """Where position 0 stands and how far apart positions are, both in times.

    Args:
        lines: (position, time) True where the position depends on the time.
        positions: which ones were looked at, rising.

    Returns:
        None with the reason, unless positions depend on equally many times whose middles move on evenly; or, as at
        borders or where units are silent, each on a time of its own span when these follow one another from time 0.
    """
    if not lines.any(axis=1).all():
        return None, _UNSEEN
    first, last = lines.argmax(axis=1), lines.shape[1] - 1 - lines[:, ::-1].argmax(axis=1)
    middle = (first + last) / 2
    slope = (middle[-1] - middle[0]) / (positions[-1] - positions[0])
    if slope <= -0.5:
        return None, BACKWARDS
    step = round(slope)
    if step < 1:
        return None, NO_AXIS
    begin = np.array(positions) * step
    if np.ptp(last - first) == 0 and np.ptp(middle - begin) == 0:
        return (float(middle[0]), step), ""
    if ((last < begin) | (first >= begin + step)).any():
        return None, _SHIFTED
    return ((step - 1) / 2, step), ""
