"""Names for the channels of each input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from nbdebug.errors import NbdebugError, unknown_name
from nbdebug.records.ports import Input


def name_channels(inputs: Sequence[Input], channels: Any) -> tuple[Input, ...]:
    """The inputs with the names that the user gave their channels.

    Args:
        inputs: as the model takes them.
        channels: None; names for the only input of that many channels; or a dict input name -> names.

    Raises:
        NbdebugError: an unknown input, another count, or names that fit several inputs.
    """
    if channels is None:
        return tuple(inputs)
    by_name = {i.name: i for i in inputs}
    given = dict(channels) if isinstance(channels, Mapping) else {_fitting(inputs, list(channels)): channels}
    for name, names in given.items():
        if name not in by_name:
            raise unknown_name("input", name, by_name)
        if len(names) != len(by_name[name].channels):
            raise _wrong_count(by_name[name], len(names))
    return tuple(replace(i, channels=tuple(str(n) for n in given.get(i.name, i.channels))) for i in inputs)


def _fitting(inputs: Sequence[Input], names: list) -> str:
    fitting = [i.name for i in inputs if len(i.channels) == len(names)]
    if len(inputs) == 1:
        return inputs[0].name
    if len(fitting) == 1:
        return fitting[0]
    raise NbdebugError(
        "It is not clear which input channels names.",
        got=f"{len(names)} names for inputs of " + ", ".join(f"{len(i.channels)} channels ({i.name})" for i in inputs),
        fix=f"a dict, such as channels={{{inputs[0].name!r}: [...]}}",
    )


def _wrong_count(port: Input, n: int) -> NbdebugError:
    return NbdebugError(
        f"channels does not name each channel of {port.name}.", got=f"{n} names", fix=f"{len(port.channels)} names"
    )
