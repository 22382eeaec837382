"""A loss of one's own that does not depend on which label belongs to which example."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.dynamics._copies import by_pairing, trainer_of
from nbdebug.records.case import Case, End


def judge(case: Case, *, pairs: float = 1e-3) -> Iterator[Found]:
    """Dealing the labels of a batch out to other examples of it moves a plain step along the gradient by less than a
    share of `pairs`, hundreds of times what float32 rounds, while other labels move it by more: the loss looks at the
    labels, but holds each prediction against those of all examples. Keras aligns (example,) with (example, 1) in its
    own losses; in an expression such as y - prediction the two make a square.
    """
    if not trainer_of(case).own_step and all(end.loss is None or end.loss.kind != "other" for end in case.ends):
        return
    if not any(len(values) > 1 and (values != values[:1]).any() for values in case.targets.values()):
        raise Unfit("there are no labels that differ")
    found = by_pairing(case)
    if found.again >= pairs:
        raise Unfit("two updates on the same examples differ by chance")
    if found.exchanged < pairs <= found.others:
        end = next((e for e in case.ends if _off_by_an_axis(e)), None)
        yield Found(
            why="The loss is the same whichever example has which label: it holds every prediction against the labels "
            "of all examples, and the mean of all labels is the best that can be learned."
            + (f" {_shapes(end)}" if end is not None else ""),
            fix=_fix(end),
            cause="shape" if end is not None else "loss",
            output=None if end is None else end.name,
            measured=found.exchanged,
            threshold=pairs,
            measured_in="how far an update goes elsewhere when examples exchange their labels",
        )


def _off_by_an_axis(end: End) -> bool:
    labels = end.labels.shape[1:]
    return end.shape == (*labels, 1) or labels == (*end.shape, 1)


def _shapes(end: End) -> str:
    return (
        f"Predictions of {end.name} are {_told(end.shape)}, its labels {_told(end.labels.shape[1:])}: "
        "their difference is a square."
    )


def _told(shape: tuple[int, ...]) -> str:
    return f"({', '.join(['example', *map(str, shape)])})"


def _fix(end: End | None) -> str:
    if end is None:
        return "# take the loss of each example with its own label first, and the mean of these last"
    return "y = y[:, None]" if len(end.shape) >= len(end.labels.shape) else "y = y[..., 0]"


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="numpy documentation, Broadcasting; shown on copies of the network",
    rank=1,
    explains=("dynamics",),
    trains=True,
    program="own_broadcast_in_train_step",
)
