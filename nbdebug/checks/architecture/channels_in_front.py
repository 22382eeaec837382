"""Pictures with their channels in front go into a convolution that takes the last axis as channels."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case, Node

_COLOURS = (1, 3)


def judge(case: Case, *, side: int = 8) -> Iterator[Found]:
    """Examples of (channel, row, column) with 1 or 3 channels, as grey and colour pictures have, and as many rows as
    columns, at least `side`: a picture of 3 rows with as many channels as columns is nothing that exists.
    """
    for node in case.nodes:
        shape = node.input_shapes[0] if _convolves(node) and len(node.input_shapes) == 1 else ()
        if len(shape) != 4 or not set(node.sources) & set(case.inputs):
            continue
        _, first, second, last = shape
        if first in _COLOURS and second == last and isinstance(last, int) and last >= side:
            yield Found(
                why=f"{node.name} takes the last axis as channels, so it sees pictures of {first} by {second} with "
                f"{last} channels; the channels of {first} × {second} × {last} seem to be in front.",
                fix="x = np.moveaxis(x, 1, -1)  # (example, row, column, channel)",
                layer=node.name,
                measured=float(last),
                measured_in="channels",
            )


def _convolves(node: Node) -> bool:
    named = node.type in ("Conv2D", "SeparableConv2D", "DepthwiseConv2D")
    return named and node.config.get("data_format") != "channels_first"


CHECK = Check(
    judge=judge,
    cause="shape",
    severity="warning",
    source="Keras documentation of Conv2D, data_format",
    rank=12,
)
