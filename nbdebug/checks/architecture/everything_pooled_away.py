"""A convolution looks for neighbours where a single place is left."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import graph_of, named
from nbdebug.records.case import Case, Node


def judge(case: Case) -> Iterator[Found]:
    """Only where the network has places to begin with, and padding is all that the rest of the kernel sees."""
    if not any(values.ndim > 2 and max(values.shape[1:-1]) > 1 for values in case.inputs.values()):
        return
    found = [node for node in graph_of(case) if _padding_alone(node)]
    if found:
        yield Found(
            why=f"Pooling and strides have left a single place before {named(found)}: all but the middle of the "
            "kernel sees nothing but padding.",
            fix=f"# fewer pooling layers before {found[0].name}, or larger pictures",
            layer=found[0].name,
            measured=1.0,
            threshold=2.0,
            measured_in="places that are left",
        )


def _padding_alone(node: Node) -> bool:
    plain = node.type in ("Conv1D", "Conv2D", "Conv3D", "SeparableConv1D", "SeparableConv2D")
    if not plain or node.config.get("data_format") == "channels_first" or node.config.get("padding") == "valid":
        return False
    places, kernel = node.input_shapes[0][1:-1], node.config.get("kernel_size")
    return isinstance(kernel, tuple) and all(size == 1 for size in places) and min(kernel) > 1


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="warning",
    source="Nikanjam et al. 2021 (NeuraLint), a feature map that is too small for its window",
    rank=45,
)
