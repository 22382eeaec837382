"""The last activation ends before the labels do: a sigmoid never predicts a price."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import examples_where, judged, scaling, values_of
from nbdebug.checks.contract._mend import linear_code
from nbdebug.checks.contract._reach import INFINITE, RANGES, RECTIFIED, activation_of
from nbdebug.records.case import Case, End

_QUANTITIES = ("numbers", "shares", "classes")


def judge(case: Case, *, share: float = 0.01, certain: float = 0.05, slack: float = 0.01) -> Iterator[Found]:
    """
    Args:
        share: of labels that may lie outside: clipping a few outliers can be meant.
        certain: from which share on it is an error; a standardised quantity has a third of its labels outside of
            -1 to 1.
        slack: how far outside they must be, as a share of the range: scaling learned from one set overshoots a little
            on another.
    """
    for end, loss in judged(case, "regression", "poisson", "hinge", "categorical", "kl"):
        activation = activation_of(case, end)
        if activation is None or RANGES[activation][1] == INFINITE:
            continue
        kinds = ("numbers",) if loss.kind == "categorical" else _QUANTITIES
        if end.labels.kind in kinds or loss.kind == "hinge":
            yield from _outside(case, end, activation, share, certain, slack)


def _outside(case: Case, end: End, activation: str, share: float, certain: float, slack: float) -> Iterator[Found]:
    low, high = RANGES[activation]
    width = min(high - low, high) * slack
    low, high = (-INFINITE if activation in RECTIFIED else low - width), high + width
    values = values_of(case, end)
    found = float(((values < low) | (values > high)).mean())
    if found > share:
        hinge = end.loss is not None and end.loss.kind == "hinge"
        code, cause = scaling(case, end)
        yield Found(
            why=f"{found:.0%} of the labels of output {end.name} ({end.labels.minimum:.4g} to "
            f"{end.labels.maximum:.4g}) are outside of what its last activation, {end.activation}, can put out.",
            fix=code or ('Dense(1, activation="tanh")  # the last layer' if hinge else linear_code(end)),
            cause=cause,
            severity="error" if found > certain and not hinge else "warning",
            output=end.name,
            layer=end.node,
            measured=found,
            threshold=share,
            measured_in="share of labels that cannot be reached",
            examples=examples_where(case, end, low, high),
        )


CHECK = Check(
    judge=judge,
    cause="output_activation",
    severity="error",
    source="Wardat et al. 2022 (DeepDiagnosis), labels outside of the range of the last activation; Goodfellow, "
    "Bengio, Courville 2016, Deep Learning, 6.2.2.1: linear units for numbers",
    rank=28,
    explains=("initialisation", "dynamics"),
)
