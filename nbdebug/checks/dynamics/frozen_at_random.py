"""Frozen layers whose weights are as they were drawn, where letting them learn helps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import stats

from nbdebug.checks.check import Check, Found
from nbdebug.checks.dynamics._taught import taught
from nbdebug.checks.graph import graph_of, named
from nbdebug.records.case import Case, Node
from nbdebug.records.mend import Mend

_GAINS = {"Glorot": (1.0, "both"), "He": (2.0, "in"), "Lecun": (1.0, "in")}


def judge(
    case: Case, *, chance: float = 0.01, learns: float = 0.1, mended: float = 0.3, patience: int = 4
) -> Iterator[Found]:
    """Kernels of frozen layers that a Kolmogorov-Smirnov test does not tell, at a level of `chance`, from a draw by
    their own initialiser, with biases of 0. Copies get rid of less than `learns` of the loss, copies whose frozen
    layers learn of at least `mended`, and end lower in every seed: features drawn at random on purpose are many, and do
    without. All get `patience` times the usual steps.
    """
    drawn = [node for node in graph_of(case) if not node.trainable and _as_drawn(case, node, chance)]
    thawed = Mend(layers={node.name: {"trainable": True} for node in drawn})
    mends = [(drawn[0], thawed)] if drawn else []
    found = taught(case, mends, learns=learns, mended=mended, patience=patience, held_out=False)
    if found is None:
        return
    _, tried = found
    yield Found(
        why=f"{named(drawn)} {'are' if len(drawn) > 1 else 'is'} frozen with weights as they were drawn: no trained "
        f"ones have been loaded. Copies lose {max(0.0, tried.learned):.0%} of their loss in {tried.steps} steps, with "
        f"these layers learning {tried.learned_mended:.0%}.",
        fix=f"load the trained weights before freezing, or {drawn[0].name}.trainable = True",
        layer=drawn[0].name,
        measured=tried.learned,
        threshold=learns,
        measured_in="share of the loss that training gets rid of",
        evidence={"curves": tried.curves(), "layers": [node.name for node in drawn]},
    )


def _as_drawn(case: Case, node: Node, chance: float) -> bool:
    weights, given = case.weights(node.name), node.config.get("kernel_initializer")
    kernel, bias = weights.get("kernel"), weights.get("bias")
    if kernel is None or kernel.size < 16 or (bias is not None and bias.any()) or not isinstance(given, dict):
        return False
    law = _law(str(given.get("class_name", "")), kernel)
    return law is not None and bool(stats.kstest(kernel.ravel()[:5000].astype(np.float64), law.cdf).pvalue > chance)


def _law(name: str, kernel: np.ndarray) -> Any:
    """The distribution that an initialiser of Keras draws from; None where it is not one of these."""
    start = next((start for start in _GAINS if name.startswith(start)), None)
    if start is None or kernel.ndim < 2:
        return None
    gain, of = _GAINS[start]
    places = float(np.prod(kernel.shape[:-2]))
    fan = places * (kernel.shape[-2] if of == "in" else (kernel.shape[-2] + kernel.shape[-1]) / 2)
    spread = float(np.sqrt(gain / fan))
    if name.endswith("Uniform"):
        return stats.uniform(-np.sqrt(3) * spread, 2 * np.sqrt(3) * spread)
    return stats.truncnorm(-2, 2, scale=spread / stats.truncnorm(-2, 2).std()) if name.endswith("Normal") else None


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="warning",
    source="Keras guide: Transfer learning and fine-tuning; Yosinski et al. 2014, How transferable are features; "
    "confirmed on copies of the network",
    rank=11,
    explains=("dynamics",),
    trains=True,
    program="own_frozen_and_never_loaded",
)
