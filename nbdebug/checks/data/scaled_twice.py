"""A Rescaling layer over values that have been scaled before, or that it does not fit."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.data._scaling import size_of
from nbdebug.records.case import Case, Node


def judge(case: Case, *, small: float = 0.02) -> Iterator[Found]:
    """Behind the layer no feature varies by more than `small`: pixels of 0 to 1 divided by 255 vary by a thousandth,
    the dullest pictures of 0 to 255 by more than a fiftieth.
    """
    for name, values in case.inputs.items():
        node = next((n for n in case.nodes if n.type == "Rescaling" and n.sources == (name,) and n.direct), None)
        factor = _factor(node)
        size = size_of(values) if factor else None
        if node is None or size is None or not 0 < size.spread * factor < small:
            continue
        yield Found(
            why=f"Input {name} varies by {size.spread:.2g} and {node.name} multiplies it by {factor:.2g}: the network "
            f"sees differences of {size.spread * factor:.1g}, and weights are initialised for values of about 1.",
            fix=f"# leave out {node.name}, or hand over the values as they were before they were scaled",
            layer=node.name,
            measured=size.spread * factor,
            threshold=small,
            measured_in="largest standard deviation of a feature behind the layer",
        )


def _factor(node: Node | None) -> float:
    scale = node.config.get("scale") if node is not None else None
    return abs(float(scale)) if isinstance(scale, int | float) else 0.0


CHECK = Check(
    judge=judge,
    cause="input_scaling",
    severity="warning",
    source="LeCun et al. 1998, Efficient BackProp, 4.3; Keras documentation of Rescaling",
    rank=9,
    explains=("input_scale", "initialisation", "dynamics"),
)
