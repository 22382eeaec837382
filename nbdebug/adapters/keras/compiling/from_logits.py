"""Whether a compiled loss takes logits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras

from nbdebug.adapters.keras.compiling.losses import compiled_losses


def heads_of_logits(model: Any, heads: Sequence[str]) -> frozenset[str]:
    """Heads whose compiled loss was made with `from_logits=True`."""
    return frozenset(head for head, loss in compiled_losses(model, heads).items() if _from_logits(loss))


def _from_logits(loss: Any) -> bool:
    if not isinstance(loss, keras.losses.Loss):
        return False
    try:
        return bool(loss.get_config().get("from_logits", False))
    except (NotImplementedError, TypeError, AttributeError):  # a custom loss need not have a config
        return False
