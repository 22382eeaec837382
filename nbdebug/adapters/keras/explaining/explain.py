"""What an error that Keras or TensorFlow threw means for the user's network and data."""

from __future__ import annotations

from typing import Any

from nbdebug.adapters.keras.explaining import api, data, heads, inputs, numbers, usage
from nbdebug.adapters.keras.explaining.scene import Rule, Scene, cleaned
from nbdebug.records.explanation import Explanation

_RULES: tuple[Rule, ...] = (*api.RULES, *inputs.RULES, *heads.RULES, *data.RULES, *usage.RULES, *numbers.RULES)


def explain(error: BaseException, model: Any = None, x: Any = None, y: Any = None) -> Explanation | None:
    """Explain an error as the fault it is: which layer, which axis, what was probably meant.

    Loads neither Keras nor TensorFlow.

    Args:
        error: as it was raised.
        model: the model that was trained, where one was; it tells what stands before and after a layer.
        x, y: what it was trained on, as handed to `fit`.

    Returns:
        None for an error that is not known: no guess.
    """
    found = _first(error, model, x, y)
    inner = error.__cause__ or error.__context__
    if found is None and isinstance(error, RuntimeError) and isinstance(inner, Exception):
        return _first(inner, model, x, y)  # Keras wraps what it met while it built the model
    return found


def _first(error: BaseException, model: Any, x: Any, y: Any) -> Explanation | None:
    message, node = cleaned(error)
    scene = Scene(error, message, node, model, x, y)
    names = {kind.__name__ for kind in type(error).__mro__}
    for rule in _RULES:
        found = rule.pattern.search(message) if names & set(rule.types) else None
        try:
            explanation = None if found is None else rule.tell(scene, found)
        except Exception:  # an explanation that fails must not hide the error itself
            explanation = None
        if explanation is not None:
            return explanation
    return None
