"""A network that is to tell the next value of a sequence, and sees it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.architecture._probe import PROBED, changed, predicted
from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case


def judge(case: Case, *, next_value: float = 0.98, own_value: float = 0.9) -> Iterator[Found]:
    """`next_value` of the labels are the input one time on, and fewer than `own_value` the input at their own time;
    putting another value there changes what is predicted. Only layers that look back may stand between the two.
    """
    for end in case.ends:
        y = _by_time(case.targets.get(end.name), end.values.shape)
        for name, given in case.inputs.items():
            x = given[..., 0] if given.ndim == 3 and given.shape[-1] == 1 else given
            if y is None or x.shape != y.shape or x.shape[1] < 3 or x.dtype.kind not in "iuf":
                continue
            some = slice(0, 1000)
            if (x[some, 1:] == y[some, :-1]).mean() < next_value or (x[some] == y[some]).mean() >= own_value:
                continue
            at = x.shape[1] // 2
            if not _seen(case, name, end.name, at):
                continue
            yield Found(
                why=f"Output {end.name} is to tell at each time the next value of {name}, and the network sees that: "
                f"another value at time {at + 1} changes what it predicts at time {at}. It learns to copy, and has "
                "nothing to copy from when it is used.",
                fix="layers.MultiHeadAttention(...)(h, h, use_causal_mask=True)\n"
                'layers.Conv1D(..., padding="causal")  # and LSTM, GRU in one direction only',
                output=end.name,
                measured=float((x[some, 1:] == y[some, :-1]).mean()),
                threshold=next_value,
                measured_in="share of the labels that are the next input",
                evidence={"input": name, "time": at},
            )
            break


def _by_time(y: np.ndarray | None, shape: tuple[int, ...]) -> np.ndarray | None:
    """(example, time): numbers of classes, or numbers; None where labels are not by time."""
    if y is None or y.dtype.kind not in "iuf" or len(shape) < 2:
        return None
    if y.ndim == 3 and y.shape[-1] == shape[-1] > 1:
        return np.asarray(y.argmax(axis=-1)) if np.isin(y[:100], (0, 1)).all() else None
    return y[..., 0] if y.ndim == 3 and y.shape[-1] == 1 else y if y.ndim == 2 and len(shape) == 3 else None


def _seen(case: Case, name: str, head: str, at: int) -> bool:
    given = case.inputs[name][:PROBED]
    other = given.copy()
    other[:, at + 1] = np.roll(other[:, at + 1], 1, axis=0)
    was, now = (predicted(case, name, values)[head][:, at] for values in (given, other))
    return changed(was, now)


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="error",
    source="Vaswani et al. 2017, Attention is all you need, 3.1: positions must depend on earlier ones only",
    rank=7,
    explains=("dynamics",),
    program="own_next_letter_seen",
)
