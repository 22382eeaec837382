"""Zoo models that were looked at once, shared by all tests of one run."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import keras
import numpy as np
from zoo.models import ZOO

from nbdebug.adapters.keras.probe import KerasProbe
from nbdebug.adapters.keras.structure import name_inputs


@dataclass(frozen=True)
class Looked:
    model: Any
    x: Any
    y: Any
    named: dict[str, np.ndarray]
    probe: KerasProbe

    def call(self, examples: slice = slice(None), **kwargs: Any) -> Any:
        """The user's own eager call of the model, leaving its states alone."""
        with keras.StatelessScope():
            return self.model(keras.tree.map_structure(lambda a: a[examples], self.x), training=False, **kwargs)

    def with_values(self) -> list[str]:
        return [layer.name for layer in self.probe.layers if layer.output_shape is not None]


@cache
def looked(name: str) -> Looked:
    model, x, y = ZOO[name]()
    named = name_inputs(model, x)
    return Looked(model, x, y, named, KerasProbe(model, named, batch_size=4))
