"""What is predicted for an example depends on the examples beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.records.case import Case

Predict = Callable[[Mapping[str, np.ndarray]], Mapping[str, np.ndarray]]
_EXAMPLES = 6


def judge(case: Case, *, difference: float = 1e-3) -> Iterator[Found]:
    """In inference, six examples together, then copies of one of them at the same place of as large a batch, so that
    noise is the same; more than `difference` of the size of the predictions apart, a thousand times what float32
    rounds. Where nothing is drawn at random, copies of one example have to be predicted alike at every place.
    """
    if case.predict is None:
        raise Unfit("the model takes batches of one size only, or keeps a state")
    first = {name: values[:_EXAMPLES] for name, values in case.inputs.items()}
    n = min(len(values) for values in first.values())
    if n < 2:
        raise Unfit("there is one example only")
    together, again, alone = case.predict(first), case.predict(first), _alone(case.predict, first, n)
    for end in case.ends:
        one, two, single = (found[end.name] for found in (together, again, alone))
        if one.shape[:1] != (n,) or not np.isfinite(one).all():
            raise Unfit(f"output {end.name} is not one prediction an example")
        size = float(np.abs(one).max()) or 1.0
        if float(np.abs(one - two).max()) > difference * size:
            raise Unfit("the model is random in inference too")
        apart = float(np.abs(one[[0, n - 1]] - np.stack([single[0][0], single[1][-1]])).max()) / size
        by_place = float(max(np.ptp(copies, axis=0).max() for copies in single)) / size
        if by_place > difference and not case.draws():
            yield Found(
                why=f"{end.name} depends on the place of an example in its batch: copies of one example are predicted "
                f"{by_place:.1%} apart.",
                fix="# look for what runs along axis 0, the example axis: an encoding of positions, a mask, a cumsum",
                severity="error",
                output=end.name,
                measured=by_place,
                threshold=difference,
                measured_in="difference by place in the batch, as a share of the largest prediction",
            )
        elif apart > difference:
            yield Found(
                why=f"{end.name} depends on which other examples are in the batch: among copies of itself an example "
                f"is predicted {apart:.1%} apart.",
                fix="# look for operations along axis 0, the example axis: softmax, mean, max, reshape",
                output=end.name,
                measured=apart,
                threshold=difference,
                measured_in="difference by the other examples, as a share of the largest prediction",
            )


def _alone(predict: Predict, first: Mapping[str, np.ndarray], n: int) -> dict[str, np.ndarray]:
    """The predictions of the first example among copies of itself, and of the last one."""
    copies = [predict({name: np.repeat(v[i : i + 1], n, axis=0) for name, v in first.items()}) for i in (0, n - 1)]
    return {name: np.stack([each[name] for each in copies]) for name in copies[0]}


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="warning",
    source="Karpathy 2019, A recipe for training neural networks: use backprop to chart dependencies",
    rank=30,
    explains=("dynamics",),
)
