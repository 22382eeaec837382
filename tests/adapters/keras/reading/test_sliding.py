"""Where positions stand, against which times they answer to in linear networks with positive weights."""

from itertools import product

import keras
import numpy as np
import pytest
from keras import layers

from nbdebug.adapters.keras.probe import KerasProbe

LENGTHS = (36, 37)
ONES = {"kernel_initializer": "ones", "use_bias": False}
APART = {"depthwise_initializer": "ones", "pointwise_initializer": "ones", "use_bias": False}


def _conv(kernel, padding, strides=1, dilation=1):
    return layers.Conv1D(1, kernel, strides, padding, dilation_rate=dilation, **ONES)


def _back(kernel, stride, padding, **kwargs):
    return layers.Conv1DTranspose(1, kernel, stride, padding, **ONES, **kwargs)


def _pool(size, strides, padding):
    return layers.AveragePooling1D(size, strides, padding)


CENTRED, CAUSAL = "centre", "last"
STACKS = {
    **{f"conv {k} {p} /{s}": (CENTRED, lambda k=k, p=p, s=s: [_conv(k, p, s)])
       for k, p, s in product((1, 2, 3, 4, 9), ("valid", "same"), (1, 2, 3))},
    **{f"dilated {k} {p} x{d}": (CENTRED, lambda k=k, p=p, d=d: [_conv(k, p, 1, d)])
       for k, p, d in product((2, 3), ("valid", "same"), (2, 3))},
    **{f"causal {k} /{s} x{d}": (CAUSAL, lambda k=k, s=s, d=d: [_conv(k, "causal", s, d)])
       for k, s, d in ((3, 1, 1), (3, 2, 1), (5, 3, 1), (3, 1, 4))},
    **{f"pool {n} {p} /{s}": (CENTRED, lambda n=n, p=p, s=s: [_pool(n, s, p)])
       for n, p, s in product((2, 3, 4), ("valid", "same"), (None, 1, 2, 3))},
    **{f"transposed {k} {p} /{s}": (CENTRED, lambda k=k, p=p, s=s: [_back(k, s, p)])
       for k, p, s in product((3, 4, 5), ("valid", "same"), (1, 2, 3))},
    "transposed, padded behind": (CENTRED, lambda: [_back(5, 3, "same", output_padding=1)]),
    "depthwise": (CENTRED, lambda: [layers.DepthwiseConv1D(4, 3, "same", depthwise_initializer="ones")]),
    "separable": (CENTRED, lambda: [layers.SeparableConv1D(1, 5, 2, "valid", **APART)]),
    "cropped": (CENTRED, lambda: [layers.Cropping1D((3, 1))]),
    "padded": (CENTRED, lambda: [layers.ZeroPadding1D((3, 2))]),
    "padded by one number": (CENTRED, lambda: [layers.ZeroPadding1D(3), layers.ReLU()]),
    "upsampled 2": (CENTRED, lambda: [layers.UpSampling1D(2)]),
    "upsampled 3": (CENTRED, lambda: [layers.UpSampling1D(3)]),
    "valid, pooled, valid": (CENTRED, lambda: [_conv(9, "valid"), _pool(3, None, "valid"), _conv(4, "valid")]),
    "padded, strided": (CENTRED, lambda: [layers.ZeroPadding1D((5, 0)), _conv(4, "valid", 3)]),
    "padded as causal convolutions are": (CENTRED, lambda: [layers.ZeroPadding1D((4, 0)), _conv(5, "valid")]),
    "pooled, cropped, same": (CENTRED, lambda: [_pool(2, None, "same"), layers.Cropping1D((2, 0)), _conv(4, "same")]),
    "same twice": (CENTRED, lambda: [_conv(5, "same", 2), _conv(3, "same", 3)]),
    "down and up": (CENTRED, lambda: [_pool(4, None, "valid"), layers.UpSampling1D(4)]),
    "down and up by a convolution": (CENTRED, lambda: [_conv(4, "same", 2), _back(4, 2, "same")]),
    "down 4, up 3": (CENTRED, lambda: [_pool(4, None, "valid"), layers.UpSampling1D(3)]),
    "causal twice": (CAUSAL, lambda: [_conv(3, "causal", 2), _conv(3, "causal", 1, 2)]),
}  # fmt: skip


@pytest.fixture(scope="module", params=LENGTHS)
def measured(request):
    """By name of the stack: its grid, and (time, position) True where a position answers to an impulse at a time."""
    n = request.param
    given = keras.Input((n, 1), name="x")
    ends, names = [], []
    for _, make in STACKS.values():
        end = given
        for layer in make():
            end = layer(end)
        ends.append(end)
        names.append(layer.name)
    model = keras.Model(given, ends)
    impulses = np.eye(n, dtype="float32")[..., np.newaxis]
    probe = KerasProbe(model, {"x": impulses})
    grids = {layer.name: layer.time_grid for layer in probe.layers}
    answers = model(impulses)
    return {
        stack: (grids[name], answer.numpy()[..., 0] > 0)
        for stack, name, answer in zip(STACKS, names, answers, strict=True)
    }


@pytest.mark.parametrize("stack", STACKS)
def test_positions_stand_where_they_answer(measured, stack):
    grid, answers = measured[stack]
    n_times, n = answers.shape
    assert (grid.n, grid.n_times) == (n, n_times)
    upsampled = any("up" in word or "transposed" in word for word in stack.split())
    size = answers.sum(axis=0)
    seen = ~answers[0] & ~answers[-1]  # at the borders part of what a position would answer to is cut off
    seen &= size > 0 if upsampled else size == size.max()
    positions = np.flatnonzero(seen)
    assert len(positions) >= 3
    first, last = answers.argmax(axis=0), n_times - 1 - answers[::-1].argmax(axis=0)
    stands = (first + last) / 2 if STACKS[stack][0] == CENTRED else last
    off = np.array([grid.time_of(int(p)) - stands[p] for p in positions])
    if not upsampled:
        assert np.abs(off).max() < 1e-9
        return
    # the times between two times cannot answer: right within half a time, or half of what was pooled, and on average
    whole = off[: len(off) // 12 * 12]
    assert len(whole)
    assert abs(whole.mean()) < 1e-9
    assert np.abs(off).max() <= 0.5 * max(1, np.diff(np.unique(stands[positions])).max())
