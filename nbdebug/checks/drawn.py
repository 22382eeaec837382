"""Whether weights are as their initialiser drew them, or have been learned elsewhere and loaded."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import stats

from nbdebug.records.case import Case, Node

_GAINS = {"Glorot": (1.0, "both"), "He": (2.0, "in"), "Lecun": (1.0, "in")}
_FEWEST, _MOST = 16, 5000
_ROUNDING, _RIGHT_ANGLE, _COLUMNS = 1.0001, 1e-4, 64


def as_drawn(case: Case, node: Node, chance: float) -> bool:
    """Whether a Kolmogorov-Smirnov test does not tell its kernel, at a level of `chance`, from a draw by its own
    initialiser, and its bias is 0.
    """
    likely = _likely(case, node)
    return likely is not None and likely > chance and not _bias(case, node).any()


def loaded(case: Case, node: Node, *, chance: float = 1e-6) -> bool:
    """Whether no draw made its weights: a kernel that its own initialiser draws once in 1 / `chance` times, or a bias
    that is no longer 0. Once the network has been trained, nothing tells what was loaded from what was learned.
    """
    if case.training.done:
        return False
    likely, given = _likely(case, node), node.config.get("bias_initializer")
    zeros = isinstance(given, dict) and given.get("class_name") == "Zeros"
    return (likely is not None and likely < chance) or (zeros and bool(_bias(case, node).any()))


def _likely(case: Case, node: Node) -> float | None:
    """The p value of its kernel, None where the law is not known or too little is drawn."""
    kernel, given = case.weights(node.name).get("kernel"), node.config.get("kernel_initializer")
    if kernel is None or kernel.size < _FEWEST or not isinstance(given, dict):
        return None
    law, values = _law(str(given.get("class_name", "")), kernel), kernel.astype(np.float64)
    if law is None:
        return None
    low, high = law.support()
    if values.min() < low * _ROUNDING or values.max() > high * _ROUNDING or _is_base(values):
        return 0.0
    return float(stats.kstest(values.ravel()[:_MOST], law.cdf).pvalue)


def _is_base(kernel: np.ndarray) -> bool:
    """Whether its columns are of length 1 and at right angles, as those of a principal component analysis."""
    columns = kernel.reshape(-1, kernel.shape[-1])[:, :_COLUMNS]  # all of a wide layer would take a second
    return columns.shape[1] > 1 and bool(np.allclose(columns.T @ columns, np.eye(columns.shape[1]), atol=_RIGHT_ANGLE))


def _bias(case: Case, node: Node) -> np.ndarray:
    return case.weights(node.name).get("bias", np.zeros(0))


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
