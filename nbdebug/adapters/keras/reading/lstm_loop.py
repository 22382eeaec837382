"""The loop of a plain LSTM, with a way back that does in the loop only what has to be done step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf

Tensors = tuple[Any, ...]


_EACH_VALUE = ("tanh", "sigmoid", "hard_sigmoid", "relu", "elu", "selu", "softplus", "softsign", "linear")


def bends_each_value(cell: Any) -> bool:
    """Whether its activations are Keras' own that act on each value by itself: others have no slope of one number."""
    known = [getattr(keras.activations, name) for name in _EACH_VALUE]
    return cell.activation in known and cell.recurrent_activation in known


def lstm_loop(cell: Any, steps: Any, h: Any, c: Any) -> tuple[Any, Any]:
    """Outputs (step, example, unit) and the last carry of an LSTM cell in inference.

    TensorFlow's own way back keeps a dozen intermediate values of each step in lists and goes through them one by one.
    Here the states are kept; gates and their slopes are computed anew for all steps at once, and so is the gradient of
    the inputs. What is left in the loop is the recursion of Hochreiter and Schmidhuber 1997, Long short-term memory,
    appendix A.1, with the forget gate of Gers et al. 2000.

    Args:
        steps: (step, example, channel), in the order in which they are taken.
        h, c: first state and carry, (example, unit).
    """
    dtype = steps.dtype
    bias = tf.zeros(4 * cell.units, dtype) if cell.bias is None else tf.cast(cell.bias, dtype)

    @tf.custom_gradient  # type: ignore[untyped-decorator]
    def loop(steps: Any, h: Any, c: Any, kernel: Any, recurrent: Any, bias: Any) -> tuple[Tensors, Callable[..., Any]]:
        given = _times(steps, kernel) + bias
        outputs, carries = _forth(cell, given, h, c, recurrent)

        def gradient(d_outputs: Any, d_carry: Any) -> Tensors:
            before = tf.concat([h[None], outputs[:-1]], axis=0), tf.concat([c[None], carries[:-1]], axis=0)
            slopes = _slopes(cell, given + _times(before[0], recurrent), before[1], carries)
            d_given, d_h, d_c = _back(slopes, d_outputs, d_carry, recurrent, cell.units)
            return _times(d_given, kernel, transposed=True), d_h, d_c, None, None, None

        return (outputs, carries[-1]), gradient

    outputs, carry = loop(steps, h, c, tf.cast(cell.kernel, dtype), tf.cast(cell.recurrent_kernel, dtype), bias)
    return outputs, carry


def _forth(cell: Any, given: Any, h: Any, c: Any, recurrent: Any) -> Tensors:
    def step(left: Any, made: Any, carried: Any, h: Any, c: Any) -> Tensors:
        left, z = _pop(left, given)
        i, f, g, o = tf.split(z + tf.matmul(h, recurrent), 4, axis=1)
        c = cell.recurrent_activation(f) * c + cell.recurrent_activation(i) * cell.activation(g)
        h = cell.recurrent_activation(o) * cell.activation(c)
        return left, _push(made, h), _push(carried, c), h, c

    n = tf.shape(given)[0]
    lists = _listed(tf.reverse(given, (0,))), _empty(h, n), _empty(c, n)
    _, made, carried, *_ = _repeat(step, (*lists, h, c), n)
    return _stacked(made, h), _stacked(carried, c)


def _slopes(cell: Any, z: Any, c_before: Any, c: Any) -> Any:
    """What a step multiplies its gradients by: of the four gates' inputs, of the carry, and of the carry before."""
    gates = tf.split(z, 4, axis=-1)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([*gates, c])
        i, f, g, o = (cell.activation(x) if k == 2 else cell.recurrent_activation(x) for k, x in enumerate(gates))
        bent = cell.activation(c)
    d_i, d_f, d_g, d_o = (tape.gradient(gate, x) for gate, x in zip((i, f, g, o), gates, strict=True))
    return tf.concat([g * d_i, c_before * d_f, i * d_g, bent * d_o, o * tape.gradient(bent, c), f], axis=-1)


def _back(slopes: Any, d_outputs: Any, d_carry: Any, recurrent: Any, units: int) -> Tensors:
    def step(left: Any, slopes_left: Any, made: Any, d_h: Any, d_c: Any) -> Tensors:
        left, d_output = _pop(left, d_outputs)
        slopes_left, slope = _pop(slopes_left, slopes)
        of_gates, of_carry, forgotten = tf.split(slope, [4 * units, units, units], axis=1)
        d_h = d_output + d_h
        d_c = d_c + d_h * of_carry
        d_z = tf.concat([d_c, d_c, d_c, d_h], axis=1) * of_gates
        return left, slopes_left, _push(made, d_z), tf.matmul(d_z, recurrent, transpose_b=True), d_c * forgotten

    n = tf.shape(slopes)[0]
    like = slopes[0, :, : 4 * units]
    lists = _listed(d_outputs), _listed(slopes), _empty(like, n)
    _, _, made, d_h, d_c = _repeat(step, (*lists, tf.zeros_like(d_carry), d_carry), n)
    return tf.reverse(_stacked(made, like), (0,)), d_h, d_c


def _times(values: Any, matrix: Any, transposed: bool = False) -> Any:
    """Every vector of (step, example, ...) times a matrix, as one product."""
    shape = tf.shape(values)
    flat = tf.matmul(tf.reshape(values, (-1, shape[-1])), matrix, transpose_b=transposed)
    return tf.reshape(flat, (shape[0], shape[1], -1))


def _repeat(step: Callable[..., Tensors], first: Tensors, n: Any) -> Tensors:
    return tf.while_loop(lambda *_: True, step, first, maximum_iterations=n)


def _listed(values: Any) -> Any:
    return tf.raw_ops.TensorListFromTensor(tensor=values, element_shape=tf.shape(values)[1:])


def _empty(like: Any, n: Any) -> Any:
    return tf.raw_ops.EmptyTensorList(element_shape=tf.shape(like), max_num_elements=n, element_dtype=like.dtype)


def _pop(left: Any, of: Any) -> Any:
    left, value = tf.raw_ops.TensorListPopBack(
        input_handle=left, element_shape=tf.shape(of)[1:], element_dtype=of.dtype
    )
    return left, tf.ensure_shape(value, of.shape[1:])


def _push(made: Any, value: Any) -> Any:
    return tf.raw_ops.TensorListPushBack(input_handle=made, tensor=value)


def _stacked(made: Any, like: Any) -> Any:
    return tf.raw_ops.TensorListStack(
        input_handle=made, element_shape=tf.shape(like), element_dtype=like.dtype, num_elements=-1
    )
