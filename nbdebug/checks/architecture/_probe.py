"""What a network predicts once some of its input is another."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from nbdebug.checks.check import Unfit
from nbdebug.records.case import Case

PROBED = 32
"""Examples that are asked for."""
_ROUNDING = 1e-5


def predicted(case: Case, name: str, values: np.ndarray) -> Mapping[str, np.ndarray]:
    """Predictions of each head for the first examples, with these values in one input.

    Raises:
        Unfit: the network cannot be asked freely.
    """
    if case.predict is None:
        raise Unfit("the model takes batches of one size, or keeps a state")
    return case.predict({**{key: given[:PROBED] for key, given in case.inputs.items()}, name: values})


def changed(was: np.ndarray, now: np.ndarray) -> bool:
    """Whether they differ by more than rounding."""
    one, other = was.astype(np.float64), now.astype(np.float64)
    return bool(np.abs(other - one).max() > _ROUNDING * max(float(np.abs(one).max()), _ROUNDING))
