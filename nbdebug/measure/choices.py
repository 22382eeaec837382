"""Names -> the layer or output that is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import numpy as np

from nbdebug.errors import NbdebugError, unknown_name
from nbdebug.records.layer import Layer
from nbdebug.records.ports import Output

Named = TypeVar("Named", Layer, Output)


def pick(kind: str, name: object, among: Sequence[Named]) -> Named:
    """The layer or output of that name.

    Raises:
        NbdebugError: there is none; the names nearest to it come first in the message.
    """
    for each in among:
        if each.name == name:
            return each
    raise unknown_name(kind, name, [each.name for each in among])


def pick_output(name: str | None, outputs: Sequence[Output]) -> Output:
    """The output of that name; None means the only one.

    Raises:
        NbdebugError: there is none of that name, or None was said and there are several.
    """
    if name is not None:
        return pick("output", name, outputs)
    if len(outputs) == 1:
        return outputs[0]
    raise NbdebugError(
        "Say which output.",
        got=f"output=None and {len(outputs)} outputs",
        fix="output= one of: " + ", ".join(repr(o.name) for o in outputs),
    )


def choose_layers(names: Iterable[str] | None, layers: Sequence[Layer]) -> tuple[str, ...]:
    """Names of the layers whose units can be counted; None means all of them.

    Raises:
        NbdebugError: an unknown layer, or one without units (its reason says why).
    """
    if names is None:
        return tuple(layer.name for layer in layers if has_units(layer))
    chosen = [pick("layer", name, layers) for name in ([names] if isinstance(names, str) else names)]
    for layer in chosen:
        if not has_units(layer):
            raise NbdebugError(
                f"The layer {layer.name} has no units to count.",
                got=layer.reason or f"output of shape {layer.output_shape}",
                fix="pick another of session.layers, or leave `layers` out",
            )
    return tuple(dict.fromkeys(layer.name for layer in chosen))


def has_units(layer: Layer) -> bool:
    """Whether the layer puts out an array with a unit axis."""
    return layer.output_shape is not None and layer.unit_axis is not None


def first_layer(layers: Sequence[Layer]) -> str | None:
    """What to look at first: the first layer with weights and time, else with weights, else with units."""
    shown = [layer for layer in layers if has_units(layer)]
    weighted = [layer for layer in shown if layer.n_parameters] or shown
    over_time = [layer for layer in weighted if layer.time_axis is not None]
    return next((layer.name for layer in over_time or weighted), None)


def label_text(labels: Any, example: int, output: Output) -> str:
    """One label in words; "missing" where there is none, a mean where there are many."""
    if labels is None:
        return "missing"
    values = np.asarray(labels[example], dtype=float).reshape(-1)
    known = values[~np.isnan(values)]
    if not len(known):
        return "missing"
    if len(known) > 1 and not np.all(known == known[0]):
        return f"mean {known.mean():.4g} over {len(known):,} positions"
    if output.classes and known[0] == int(known[0]):
        return output.classes[int(known[0])]
    return f"{known[0]:.6g}"
