"""Labels and output differ in an axis before the last: time was never reduced, or reduced when it should not be."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged
from nbdebug.checks.contract._shapes import fit, without_ones
from nbdebug.records.case import Case, End


def judge(case: Case) -> Iterator[Found]:
    for end, loss in judged(case):
        if fit(end) != "axes":
            continue
        ones = without_ones(end)
        raises = loss.kind in ("binary", "categorical", "sparse")
        yield Found(
            why=f"Output {end.name} is {_shape(end.shape)} for one example and its labels are "
            f"{_shape(end.labels.shape[1:])}: {_missing(end, ones)}. "
            + ("Keras raises." if raises else "Keras raises, or compares every label with every position."),
            fix=_fix(end, ones),
            cause="shape" if ones else "layers",
            output=end.name,
            layer=end.node,
            evidence={"output": str(end.shape), "labels": str(end.labels.shape[1:])},
        )


def _missing(end: End, ones: bool) -> str:
    if ones:
        return "an axis of size 1 is one too many"
    if len(end.shape) > len(end.labels.shape[1:]) or end.labels.shape[1:] == (1,):
        return "nothing reduces the axes in between before the last layer"
    return "the output lacks an axis of the labels, or has it in another size"


def _fix(end: End, ones: bool) -> str:
    if ones:
        return f"y = y.reshape({', '.join(map(str, (-1, *end.shape)))})"
    if len(end.shape) > len(end.labels.shape[1:]) or end.labels.shape[1:] == (1,):
        pool = {2: "GlobalAveragePooling1D()", 3: "GlobalAveragePooling2D()"}.get(len(end.shape), "Flatten()")
        return f"Flatten()  # before the last layer; or {pool}, or return_sequences=False in the last recurrent layer"
    return "return_sequences=True  # in the recurrent layers, and no Flatten or pooling, for an output at every time"


def _shape(shape: tuple[int, ...]) -> str:
    return " x ".join(map(str, shape)) if shape else "one number"


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="error",
    source="Keras 3, Loss: labels and predictions are brought to the same rank if they differ by a last axis of 1; "
    "else cross-entropies raise and other losses broadcast as NumPy does",
    rank=5,
    explains=("initialisation", "dynamics"),
)
