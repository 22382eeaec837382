"""Where a head can be differentiated before its sigmoid or softmax."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras

from nbdebug.adapters.keras.reading.taps import SQUASHING, Recorder, activation_name, key
from nbdebug.adapters.keras.reading.times import sources


def linear_layers(heads: Mapping[str, Any], recorder: Recorder) -> dict[str, tuple[Any, ...] | None]:
    """How the logit of each head is reached.

    Returns:
        By head: the layers whose activation must be left out for the head to be its own logit; an empty tuple where
        the logit is heard as it is; None where there is no logit. A saturated sigmoid or softmax has a gradient of
        zero whatever its input does, which hides what the head depends on.
    """
    return {name: _linear(tensor, recorder) for name, tensor in heads.items()}


def logit_of(tensor: Any, recorder: Recorder) -> Any:
    """The tensor to differentiate for a head: what went into its sigmoid or softmax, else the head itself."""
    squash = recorder.logit(tensor)
    return tensor if squash is None else squash.logit


def head_activation(tensor: Any, recorder: Recorder) -> str:
    """Name of the activation that bounds a head, "linear" where none is known.

    Looked for through layers that have no weights of their own: the average over time of a sigmoid is still a share.
    """
    squash, call = recorder.logit(tensor), recorder.made_by(tensor)
    if squash is not None:
        return squash.activation
    own = activation_name(call.entry.layer) if call else None
    if own is not None:
        return own
    squashed = {key(s.output): s.activation for s in recorder.squashes}
    weighted = {key(c.output) for c in recorder.calls if c.output is not None and c.entry.layer.weights}
    nearest = {squashed.get(k) for k in sources(tensor, weighted | set(squashed))}
    return (nearest.pop() or "linear") if len(nearest) == 1 else "linear"


def _linear(tensor: Any, recorder: Recorder) -> tuple[Any, ...] | None:
    if recorder.logit(tensor) is not None:
        return ()
    call = recorder.made_by(tensor)
    wrapped = getattr(call.entry.layer, "layer", None) if call else None
    if call is None or not isinstance(call.entry.layer, keras.layers.TimeDistributed):
        return None
    # Inside the wrapper the sigmoid runs once a time, out of reach; without it the wrapper puts out logits.
    reachable = "activation" in vars(wrapped) and activation_name(wrapped) in SQUASHING
    return (wrapped,) if reachable else None
