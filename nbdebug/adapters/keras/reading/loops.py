"""Recurrent layers whose backward pass costs as much a step however long the sequence is."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import keras
import tensorflow as tf

from nbdebug.adapters.keras.reading.lstm_loop import bends_each_value, lstm_loop
from nbdebug.adapters.keras.reading.taps import shadow
from nbdebug.adapters.keras.reading.walk import Entry

_KINDS = (keras.layers.LSTM, keras.layers.GRU, keras.layers.SimpleRNN)


@contextmanager
def linear_loops(entries: Sequence[Entry], graph: Any | None) -> Iterator[None]:
    """Let plain LSTM, GRU and SimpleRNN layers loop over lists that are used up, while the block runs.

    Keras reads step t of a sequence from an array of T; the gradient of that read is an array of T again, and T of them
    are added up: the backward pass costs O(T^2). Taking the last element off a list has the putting of one element on
    a list as its gradient, and the other way round: O(T). The same cells see the same numbers in the same order; a
    plain LSTM adds its bias first, which differs by rounding.

    Args:
        graph: the graph that the model is traced in; calls outside of it, or in a function of the user's own that
            keeps its trace, are left alone. None where the model runs eagerly.
    """
    with ExitStack() as stack:
        for entry in entries if graph is not None else ():
            if not entry.reason and _is_plain(entry.layer):
                stack.enter_context(shadow(entry.layer, "inner_loop", _inner_loop(entry.layer, graph)))
        yield


def _is_plain(layer: Any) -> bool:
    return type(layer) in _KINDS and not (layer.stateful or layer.unroll or _may_use_cudnn(layer))


def _may_use_cudnn(layer: Any) -> bool:
    wanted = getattr(layer, "use_cudnn", False)
    return wanted is True or (wanted == "auto" and bool(tf.config.list_logical_devices("GPU")))


def _inner_loop(layer: Any, graph: Any) -> Callable[..., Any]:
    original = layer.inner_loop

    @functools.wraps(original)
    def inner_loop(sequences: Any, initial_state: Any, mask: Any, training: bool = False) -> Any:
        ours = tf.is_symbolic_tensor(sequences) and sequences.graph is graph
        if mask is not None or not ours:
            return original(sequences, initial_state, mask, training=training)
        return _run(layer, sequences, list(initial_state), training)

    return inner_loop


def _run(layer: Any, sequences: Any, initial_state: list[Any], training: bool) -> tuple[Any, Any, list[Any]]:
    """Last output, outputs (example, time, unit) and last states."""
    steps = tf.transpose(sequences, (1, 0, 2))
    if type(layer) is keras.layers.LSTM and not training and bends_each_value(layer.cell):
        made, carry = lstm_loop(layer.cell, tf.reverse(steps, (0,)) if layer.go_backwards else steps, *initial_state)
        states = [made[-1], carry]
    else:
        made, states = _cell_loop(layer, steps, initial_state, training)
    outputs = tf.ensure_shape(tf.transpose(made, (1, 0, 2)), (*sequences.shape[:2], layer.units))
    return outputs[:, -1], outputs, states


def _cell_loop(layer: Any, steps: Any, initial_state: list[Any], training: bool) -> tuple[Any, list[Any]]:
    n = tf.shape(steps)[0] if steps.shape[0] is None else steps.shape[0]
    given = steps if layer.go_backwards else tf.reverse(steps, (0,))
    given_shape, made_shape = tf.shape(steps)[1:], tf.shape(initial_state[0])
    dtype = initial_state[0].dtype

    def step(left: Any, made: Any, *states: Any) -> tuple[Any, ...]:
        left, value = tf.raw_ops.TensorListPopBack(
            input_handle=left, element_shape=given_shape, element_dtype=steps.dtype
        )
        output, states = layer.cell(tf.ensure_shape(value, steps.shape[1:]), list(states), training=training)
        return left, tf.raw_ops.TensorListPushBack(input_handle=made, tensor=output), *keras.tree.flatten(states)

    left = tf.raw_ops.TensorListFromTensor(tensor=given, element_shape=given_shape)
    made = tf.raw_ops.EmptyTensorList(element_shape=made_shape, max_num_elements=n, element_dtype=dtype)
    _, made, *states = tf.while_loop(
        lambda *_: True, step, (left, made, *initial_state), maximum_iterations=n, swap_memory=True
    )
    stacked = tf.raw_ops.TensorListStack(
        input_handle=made, element_shape=made_shape, element_dtype=dtype, num_elements=-1
    )
    return stacked, list(states)
