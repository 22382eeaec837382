"""Whether copies of a model can be trained."""

from __future__ import annotations

from typing import Any

import keras


def copyable(model: Any) -> str:
    """Why copies of a model cannot be trained, "" where they can."""
    if not getattr(model, "compiled", False):
        return "the model is not compiled, so how it is trained is not known"
    if type(model).compile is not keras.Model.compile:
        return "the model is compiled by code of its own"
    return ""
