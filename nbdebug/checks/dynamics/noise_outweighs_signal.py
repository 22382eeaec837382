"""Noise so strong that the layers after it see little else."""

from __future__ import annotations

import math
from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.dynamics._trial import trial
from nbdebug.checks.graph import number
from nbdebug.records.case import Case, Node
from nbdebug.records.mend import Mend

_STRENGTHS = {"GaussianNoise": "stddev", "GaussianDropout": "rate"}


def judge(
    case: Case, *, strong: float = 1.0, kept: float = 0.67, least: float = 0.2, patience: int = 4
) -> Iterator[Found]:
    """Gaussian noise of a spread of `strong`, that of standardised values, or more; GaussianDropout's is the root of
    rate / (1 - rate), in units of the values. Copies without it lose more of the loss in `patience` times the usual
    steps, the others less than `kept` of that, and end at least `least` lower in every seed.
    """
    noisy = [(node, _spread(node)) for node in case.nodes if _spread(node) >= strong]
    if not noisy:
        return
    tried = trial(case, Mend(layers={node.name: {_STRENGTHS[node.type]: 0.0} for node, _ in noisy}), patience=patience)
    if tried.learned >= kept * tried.learned_mended or not tried.helps(least):
        return
    node, spread = noisy[0]
    yield Found(
        why=f"{node.name} brings noise of a spread of {spread:.2g}: copies lose "
        f"{max(0.0, tried.learned):.0%} of their loss in {tried.steps} steps, without it {tried.learned_mended:.0%}.",
        fix=f"keras.layers.{node.type}(0.1)  # for {node.name}",
        layer=node.name,
        measured=spread,
        threshold=strong,
        measured_in="standard deviation of the noise",
        evidence={"curves": tried.curves()},
    )


def _spread(node: Node) -> float:
    if node.type == "GaussianDropout":
        # Keras multiplies by noise of this spread.
        rate = number(node, "rate")
        return math.sqrt(rate / (1 - rate)) if rate < 1 else math.inf
    return number(node, "stddev") if node.type == "GaussianNoise" else 0.0


CHECK = Check(
    judge=judge,
    cause="regularization",
    severity="warning",
    source="Bishop 1995, Training with noise is equivalent to Tikhonov regularization; confirmed on copies of the "
    "network",
    rank=14,
    explains=("dynamics",),
    trains=True,
)
