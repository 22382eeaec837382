"""Hearing that an optimizer moves weights, whoever asks it to: `fit`, or a loop of the user's own."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import keras


def on_applied(told: Callable[[], None]) -> Callable[[], None]:
    """Call `told` once, when an optimizer is first applied, or traced in a `tf.function`; the result ends that."""
    kind: Any = keras.optimizers.Optimizer
    own, apply = vars(kind).get("apply"), kind.apply

    def undo() -> None:
        if vars(kind).get("apply") is not listening:
            return
        if own is None:
            del kind.apply
        else:
            kind.apply = own

    @functools.wraps(apply)
    def listening(*args: Any, **kwargs: Any) -> Any:
        undo()
        told()
        return apply(*args, **kwargs)

    kind.apply = listening
    return undo
