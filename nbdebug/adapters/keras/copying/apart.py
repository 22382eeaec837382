"""Work on copies, where nothing of it can be noticed by the user."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from logging import LogRecord
from typing import TypeVar

import numpy as np
import tensorflow as tf

from nbdebug.adapters.keras.reading.taps import quiet

T = TypeVar("T")

_THREAD = "nbdebug-copy"


def apart(work: Callable[[], T]) -> T:
    """Run `work` on a fresh thread, put back the random states that threads share, and keep its warnings quiet."""
    python, numpy = random.getstate(), np.random.get_state()
    log = tf.get_logger()
    log.addFilter(_not_of_a_copy)
    try:
        with quiet(), ThreadPoolExecutor(1, thread_name_prefix=_THREAD) as pool:
            return pool.submit(work).result()
    finally:
        log.removeFilter(_not_of_a_copy)
        random.setstate(python)
        np.random.set_state(numpy)


def is_apart() -> bool:
    """Whether this thread works on copies, whose training is no business of the user."""
    return threading.current_thread().name.startswith(_THREAD)


def _not_of_a_copy(record: LogRecord) -> bool:
    """TensorFlow counts every compiled copy as a retrace of the user's model."""
    return not (record.threadName or "").startswith(_THREAD)
