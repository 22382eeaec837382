"""Channels that were stored in front were brought to the back by reshape, which mixes them with time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.measure.seams import seams
from nbdebug.measure.spread import spread
from nbdebug.records.case import Case

_VALUES = 2_000_000
_FEWEST = 20


def judge(
    case: Case, *, seam: float = 1.2, even: float = 1.1, smoother: float = 0.8, errors: float = 5.0
) -> Iterator[Found]:
    """Series of (time, channel) and pictures of (row, column, channel). In memory, stretches as long as the second last
    axis end in a seam: the squared difference there is `seam` times that where the channels are said to end, by
    `errors` standard errors, while there it is at most `even` times that of any other neighbours, which are alike
    (`smoother`) by comparison with what the axes call neighbours. Axes that are what they are called have it the other
    way round: what is alike is a whole number of channels apart.
    """
    for name, values in case.inputs.items():
        if values.ndim not in (3, 4) or values.dtype.kind not in "fiu" or len(values) < _FEWEST:
            continue
        some = spread(values, _VALUES)
        if values.shape[-1] < 2 or values.shape[-2] < 3 or not np.isfinite(some).all():
            continue
        found = seams(some)
        if found is None or found.certain < errors or found.at_ends < seam * found.at_channels:
            continue
        if found.at_channels > even * found.inside or found.inside > smoother * found.along:
            continue
        axes = "time, channel" if values.ndim == 3 else "row, column, channel"
        yield Found(
            why=f"Input {name} is called ({axes}) of {' × '.join(map(str, values.shape[1:]))}, but its numbers run on "
            f"smoothly for {values.shape[-2]} at a time: they were stored with the channels in front and reshaped, "
            "which mixes channels and places.",
            fix=f"x = np.moveaxis(x.reshape(len(x), {values.shape[-1]}, {', '.join(map(str, values.shape[1:-1]))}), 1, "
            "-1)  # move the axis, do not reshape",
            measured=found.at_ends / found.at_channels,
            threshold=seam,
            measured_in="squared difference at the seams over that at the ends of channels",
            evidence={"input": name, **found._asdict()},
        )


CHECK = Check(
    judge=judge,
    cause="shape",
    severity="warning",
    source="NumPy documentation of reshape: elements keep their order in memory; von Neumann 1941, the mean square "
    "successive difference",
    rank=5,
    explains=("dynamics",),
    program="own_channels_reshaped",
)
