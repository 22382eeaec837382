"""The inputs say nothing about the labels, as where one of the two was shuffled or sorted alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.data._tables import columns_of, places, rows_of
from nbdebug.checks.graph import graph_of
from nbdebug.measure.learners import correlations
from nbdebug.records.case import Case, End

_MOST, _WORDS = 1000, 150


def judge(case: Case, *, seen: float = 0.1, examples: int = 400, width: int = 200) -> Iterator[Found]:
    """Linear regression, nearest neighbours and trees, each in cross-validation, all predict labels that correlate by
    less than `seen` with the true ones: two standard errors with `examples` examples, so that what explains more than
    about 2 % of the labels would have been found. One input alone: where several are compared, such learners see
    nothing. Of pictures, series, words and tables of more than `width` columns a network may see more: a note.
    """
    if len(case.inputs) != 1 or len(case.ends) != 1:
        raise Unfit("it has several inputs or outputs")
    ((name, values),), (end,) = case.inputs.items(), case.ends
    if end.loss is None or end.loss.kind == "other":
        raise Unfit("what the loss takes from the labels is not known")
    labels = columns_of(case.targets.get(end.name), end, _MOST)
    words = values.ndim == 2 and any(n.type == "Embedding" and name in n.sources for n in graph_of(case))
    x = _counted(values) if words else rows_of(case.inputs, _MOST)
    if x is None or labels is None or len(x) != len(labels) or len(x) < examples:
        raise Unfit(f"there are fewer than {examples} examples, or not one label an example")
    if not np.isfinite(labels).all() or not np.ptp(labels, axis=0).any() or not np.ptp(x, axis=0).any():
        return
    found = {}
    for learner, correlation in correlations(x, labels):
        found[learner] = correlation
        if correlation >= seen:
            return
    yield _found(end, found, seen, table=values.ndim == 2 and values.shape[1] <= width and not words)


def _found(end: End, found: dict[str, float], limit: float, table: bool) -> Found:
    most = max(found.values())
    beyond = "" if table else " What they cannot see, such as order and shape, may still tell them."
    return Found(
        why=f"Nothing in the inputs tells the labels of {end.name}: neither linear regression nor nearest neighbours "
        f"nor trees come closer than a correlation of {most:.2f} on examples that they have not seen.{beyond}",
        fix="# look whether x and y still belong together: shuffle or sort both by one order:\n"
        "order = np.random.permutation(len(x)); x, y = x[order], y[order]",
        severity="warning" if table else "note",
        output=end.name,
        measured=most,
        threshold=limit,
        measured_in="correlation of predicted and true labels, cross-validated",
        evidence={"correlations": found},
    )


def _counted(values: np.ndarray) -> np.ndarray | None:
    """(example, number): how often each of the commonest words occurs, and the words themselves."""
    some = values[places(len(values), _MOST)]
    words, counts = np.unique(some, return_counts=True)
    common = words[np.argsort(-counts, kind="stable")[:_WORDS]]
    often = np.stack([(some == word).sum(axis=1) for word in common], axis=1)
    return np.concatenate([often, some], axis=1).astype(np.float64) if some.dtype.kind in "fiu" else None


CHECK = Check(
    judge=judge,
    cause="data",
    severity="warning",
    source="Karpathy 2019, A recipe for training neural networks: an input-independent baseline; Ojala and Garriga "
    "2010, Permutation tests for studying classifier performance",
    rank=28,
    explains=("dynamics",),
    slow=True,
    program="own_only_the_rows_shuffled",
)
