"""Whether copies of a model can be trained."""

from __future__ import annotations

from typing import Any

import keras

from nbdebug.adapters.keras.copying.cloning import remakeable


def copyable(model: Any) -> str:
    """Why copies of a model cannot be trained, "" where they can."""
    if not getattr(model, "compiled", False):
        return "the model is not compiled, so how it is trained is not known"
    if type(model).compile is not keras.Model.compile:
        return "the model is compiled by code of its own"
    if not remakeable(model):
        return "a model with code of its own cannot be made again: its class has no get_config"
    return ""
