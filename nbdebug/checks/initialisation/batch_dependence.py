"""What is predicted for an example depends on the examples beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.records.case import Case

_EXAMPLES = 6


def judge(case: Case, *, difference: float = 1e-3) -> Iterator[Found]:
    """In inference, six examples together and one by one; more than `difference` of the size of the predictions apart,
    a thousand times what float32 rounds.
    """
    if case.predict is None:
        raise Unfit("the model takes batches of one size only, or keeps a state")
    first = {name: values[:_EXAMPLES] for name, values in case.inputs.items()}
    n = min(len(values) for values in first.values())
    if n < 2:
        raise Unfit("there is one example only")
    together, again = case.predict(first), case.predict(first)
    alone = _alone(case, first, n)
    for end in case.ends:
        one, two, single = together[end.name], again[end.name], alone[end.name]
        if one.shape[:1] != (n,) or single.shape != one.shape or not np.isfinite(one).all():
            raise Unfit(f"output {end.name} is not one prediction an example")
        size = float(np.abs(one).max()) or 1.0
        if float(np.abs(one - two).max()) > difference * size:
            raise Unfit("the model is random in inference too")
        apart = float(np.abs(one - single).max()) / size
        if apart > difference:
            yield Found(
                why=f"{end.name} depends on which other examples are in the batch: alone, an example is predicted "
                f"{apart:.1%} apart.",
                fix="look for operations along axis 0, the example axis: softmax, mean, max, reshape",
                output=end.name,
                measured=apart,
                threshold=difference,
                measured_in="difference between alone and in a batch, as a share of the largest prediction",
            )


def _alone(case: Case, first: Mapping[str, np.ndarray], n: int) -> dict[str, np.ndarray]:
    if case.predict is None:
        return {}
    try:
        found = [case.predict({name: values[i : i + 1] for name, values in first.items()}) for i in range(n)]
        return {name: np.concatenate([one[name] for one in found]) for name in found[0]}
    except Exception as error:  # whatever the user's model raises on one example is told, not thrown
        raise Unfit(f"the model does not take a single example: {type(error).__name__}") from error


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="warning",
    source="Karpathy 2019, A recipe for training neural networks: use backprop to chart dependencies",
    rank=30,
)
