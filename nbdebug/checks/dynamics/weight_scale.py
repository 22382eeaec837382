"""Weights that begin far too large or too small for the network to learn, where weights of the usual size do."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.dynamics._trial import trial
from nbdebug.records.case import Case, Node
from nbdebug.records.mend import Mend

_PLAIN = ("Dense", "Conv1D", "Conv2D", "Conv3D")
_RECTIFIERS = ("relu", "relu6", "leaky_relu", "elu", "selu", "gelu", "silu")


def judge(case: Case, *, apart: float = 4.0, kept: float = 0.5, least: float = 0.2) -> Iterator[Found]:
    """Kernels that differ from Glorot's spread, the root of 2 / (inputs + outputs), by a factor of `apart` or more
    (He's differs by 2 at most), in a network that has not been trained. Copies with the usual weights lose at least
    twice (1 / `kept`) as much of the loss and end `least` lower in every seed.
    """
    if case.began is None:
        raise Unfit("the network has been trained, so how its weights began is not known")
    factors = [(node, _factor(case, node)) for node in case.nodes]
    odd = [(node, factor) for node, factor in factors if factor is not None and _far(factor, apart)]
    if not odd:
        return
    usual = {node.name: {"kernel_initializer": _usual(node)} for node, _ in odd}
    tried = trial(case, Mend(layers=usual))
    if tried.learned >= kept * tried.learned_mended or not tried.helps(least):
        return
    node, factor = max(odd, key=lambda pair: abs(np.log(pair[1])))
    size = f"{factor:.0f} times as large as" if factor > 1 else f"{1 / factor:.0f} times smaller than"
    yield Found(
        why=f"The weights of {node.name} begin {size} usual for their number; copies that begin as usual learn more "
        f"({max(0.0, tried.learned_mended):.0%} of the loss gone in {tried.steps} steps, "
        f"{max(0.0, tried.learned):.0%} as it is).",
        fix=f'kernel_initializer="{_usual(node)}"  # in {", ".join(usual)}, and make the model anew',
        layer=node.name,
        measured=factor,
        threshold=apart if factor > 1 else 1 / apart,
        measured_in="spread of the weights over Glorot's",
        evidence={"curves": tried.curves(), "layers": list(usual)},
    )


def _factor(case: Case, node: Node) -> float | None:
    kernel = case.weights(node.name).get("kernel") if node.type in _PLAIN and node.trainable else None
    spread = (case.began or {}).get(node.name, 0.0)
    if kernel is None or kernel.size < 16 or not np.isfinite(spread) or not spread:
        return None
    places = int(np.prod(kernel.shape[:-2]))
    return float(spread / np.sqrt(2 / (places * (kernel.shape[-2] + kernel.shape[-1]))))


def _far(factor: float, apart: float) -> bool:
    return factor >= apart or factor <= 1 / apart


def _usual(node: Node) -> str:
    return "he_uniform" if node.activation in _RECTIFIERS else "glorot_uniform"


CHECK = Check(
    judge=judge,
    cause="initialization",
    severity="warning",
    source="Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward neural networks; "
    "He et al. 2015, Delving deep into rectifiers; confirmed on copies of the network",
    rank=5,
    explains=("initialisation", "dynamics"),
    trains=True,
)
