"""What a baseline cannot be fitted with is refused before it is tried."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import numpy as np
from jaxtyping import Int

from nbdebug.errors import NbdebugError, unknown_name
from nbdebug.records.baseline import BaselineModel


def check_model(model: Any, folds: Any) -> BaselineModel:
    """The model that is meant; complains about an unknown one, or a number of folds that is none."""
    if not isinstance(folds, int | np.integer) or folds < 2:
        raise NbdebugError("folds is not a number of parts.", got=repr(folds), fix="a whole number from 2 on")
    known: tuple[BaselineModel, ...] = get_args(BaselineModel)
    for each in known:
        if each == model:
            return each
    raise unknown_name("baseline model", model, known)


def check_counts(n: int, folds: int) -> None:
    """Complain where there are fewer labelled examples than two a fold."""
    if n < 2 * folds:
        raise NbdebugError(
            "There are too few labelled examples for a baseline.",
            got=f"{n:,} examples with a label for {folds} folds",
            fix=f"at least {2 * folds} labelled examples, or fewer folds",
        )


def check_classes(target: Int[np.ndarray, "kept"], names: Sequence[Any], folds: int) -> None:
    """Complain about a single class, or one that cannot be in every fold."""
    counts = np.bincount(target[target >= 0], minlength=len(names))
    if target.min() < 0:
        raise NbdebugError(
            "A label is none of the classes.", got=f"{(target < 0).sum():,} such labels", fix=f"one of: {list(names)}"
        )
    there = np.flatnonzero(counts)
    if len(there) < 2:
        raise NbdebugError(
            "There is nothing for a baseline to tell apart.",
            got=f"every label is {names[there[0]]!r}",
            fix="examples of at least two classes",
        )
    rarest = there[np.argmin(counts[there])]
    if counts[rarest] < folds:
        fewer = f"folds={counts[rarest]}" if counts[rarest] > 1 else "its label left out (NaN)"
        raise NbdebugError(
            "A class has too few examples for a cross-validated baseline.",
            got=f"{counts[rarest]} of {names[rarest]!r} for {folds} folds",
            fix=f"{fewer}, or more examples of it",
        )
