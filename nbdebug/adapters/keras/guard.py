"""Nothing that belongs to the user is changed by looking."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import Any

import keras
import numpy as np


@contextmanager
def guard() -> Iterator[None]:
    """Run a block in which calls of Keras code leave no trace.

    Keras variables (RNN states, seeds, batch-norm averages, metrics) are never written: `keras.StatelessScope` keeps
    what a call assigns to itself. The random states of Python and numpy are put back, but not by a thread beside the
    main one: the user's cell may be drawing numbers at the same time, and would draw them twice.
    """
    ours = current_thread() is main_thread()
    python, numpy = random.getstate(), np.random.get_state()
    try:
        with keras.StatelessScope():
            yield
    finally:
        if ours:
            random.setstate(python)
            np.random.set_state(numpy)


@contextmanager
def loose_guard(loose: Sequence[Any]) -> Iterator[None]:
    """Put back the TensorFlow variables that a model assigns to past Keras."""
    kept = [variable.numpy() for variable in loose]
    try:
        yield
    finally:
        for variable, value in zip(loose, kept, strict=True):
            variable.assign(value)
