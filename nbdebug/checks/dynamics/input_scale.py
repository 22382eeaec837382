"""Inputs of a size that keeps the network from learning, where standardised ones learn."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.dynamics._trial import trial
from nbdebug.records.case import Case
from nbdebug.records.mend import Mend

_SCALING = ("Normalization", "BatchNormalization", "Rescaling", "LayerNormalization", "Embedding", "Masking")


def judge(case: Case, *, large: float = 10.0, least: float = 0.3) -> Iterator[Found]:
    """Inputs with a mean or spread above `large` that no layer scales, where copies on standardised inputs end at least
    `least` lower in every seed. Weights are initialised for inputs of about 1; ten times that is where trials begin.
    """
    sizes = {name: _size(values) for name, values in case.inputs.items() if not _scaled(case, name)}
    name = max(sizes, key=lambda n: sizes[n], default=None)
    if name is None or sizes[name] <= large:
        return
    tried = trial(case, Mend(standardise_inputs=True))
    if not tried.helps(least):
        return
    yield Found(
        why=f"Input {name} has values of about {sizes[name]:,.0f}; the network is initialised for values of about 1. "
        "Copies on standardised inputs learn far more.",
        fix="normalise = keras.layers.Normalization()\nnormalise.adapt(x_train)  # and make it the first layer",
        measured=sizes[name],
        threshold=large,
        measured_in="largest mean or standard deviation of a feature",
        evidence={"curves": tried.curves(), "input": name},
    )


def _size(values: np.ndarray) -> float:
    if values.dtype.kind not in "fiu" or not values.size:
        return 0.0
    rows = np.asarray(values[:10_000], np.float64).reshape(-1, values.shape[-1] if values.ndim > 1 else 1)
    rows = rows[np.isfinite(rows).all(axis=1)]
    return float(max(np.abs(rows.mean(axis=0)).max(), rows.std(axis=0).max())) if len(rows) else 0.0


def _scaled(case: Case, name: str) -> bool:
    return any(node.type in _SCALING for node in case.nodes if name in node.sources)


CHECK = Check(
    judge=judge,
    cause="input_scaling",
    severity="warning",
    source="LeCun et al. 1998, Efficient BackProp, 4.3; confirmed on copies of the network",
    rank=0,
    explains=("dynamics",),
    trains=True,
)
