"""The demo: made-up wearable data with known causes, and one faulty and one mended network trained on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nbdebug.demo.deepheart import Deepheart, deepheart
from nbdebug.errors import unknown_name

if TYPE_CHECKING:
    import keras

MODELS = ("faulty", "mended")
_EXAMPLE_SEED = 7
__all__ = ["MODELS", "Deepheart", "deepheart", "example_data", "load"]


def load(name: str) -> keras.Model:
    """One of the two shipped models, trained and compiled; `nbdebug.demo.train` says how they were made.

    Args:
        name: "faulty" or "mended".

    Raises:
        NbdebugError: there is no such model.
    """
    if name not in MODELS:
        raise unknown_name("demo model", name, MODELS)
    import keras

    return keras.models.load_model(Path(__file__).parent / "models" / f"{name}.keras")


def example_data(n: int = 2048) -> Deepheart:
    """`n` people that neither shipped model has seen, 4,096 minutes each."""
    return deepheart(n, seed=_EXAMPLE_SEED)
