"""Labels are text, or an array of Python objects: a loss takes numbers."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.contract._mend import head_code
from nbdebug.records.case import Case, End


def judge(case: Case) -> Iterator[Found]:
    if not case.targets:
        raise Unfit("there are no labels")
    for end in case.ends:
        if end.labels.kind == "text":
            yield Found(
                why=f"The labels of output {end.name} are text ({_first(case, end)}), and a loss takes numbers.",
                fix=head_code(end),
                output=end.name,
            )
        elif end.name in case.targets and case.targets[end.name].dtype.kind == "O":
            yield Found(
                why=f"The labels of output {end.name} are an array of Python objects, which Keras refuses.",
                fix='y = y.astype("float32")',
                output=end.name,
            )


def _first(case: Case, end: End) -> str:
    return repr(str(case.targets[end.name].reshape(-1)[0]))


CHECK = Check(
    judge=judge,
    cause="labels",
    severity="error",
    source="Keras, fit: y is a NumPy array or tensor of numbers; it raises 'Invalid dtype' for text and objects",
    rank=1,
)
