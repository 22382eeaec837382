"""All labels are the same: a constant is all that can be learned."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.data._rows import classes_of, classifies
from nbdebug.records.case import Case, End


def judge(case: Case, *, examples: int = 32) -> Iterator[Found]:
    """At least `examples`, a batch: fewer may be of one class by chance. A network with frozen layers may be the
    adversary of a discriminator, which is always told the same; one with two inputs of a shape may take the score of
    one from that of the other, and be told that the first is always the better one. Validation data with other labels
    shows that neither is meant.
    """
    if not any(end.loss is not None for end in case.ends):
        raise Unfit("the model is not compiled with a loss")
    for end in case.ends:
        if _may_be_meant(case) and not _others_follow(case, end):
            continue
        n = end.labels.shape[0] if end.labels.shape else 0
        if n < examples or end.loss is None or end.loss.kind == "other":
            continue
        classes = classes_of(case, end) if classifies(end) else None
        one = end.labels.distinct == 1 or (classes is not None and bool((classes == classes[0]).all()))
        if one:
            shown = f"{end.labels.minimum:g}" if end.labels.distinct == 1 else f"class {int(classes[0])}"  # type: ignore[index]
            yield Found(
                why=f"All {n:,} labels of {end.name} are {shown}: the network can learn a constant at best.",
                fix="np.unique(y, return_counts=True)  # look at how y is made",
                severity="error" if classes is not None else "warning",
                output=end.name,
                measured=1.0,
                threshold=2.0,
                measured_in="different labels",
            )


def _may_be_meant(case: Case) -> bool:
    shapes = [x.shape for x in case.inputs.values()]
    return any(node.n_parameters and not node.trainable for node in case.nodes) or len(set(shapes)) < len(shapes)


def _others_follow(case: Case, end: End) -> bool:
    """Whether the validation data has other labels."""
    later = case.validation[1].get(end.name) if case.validation is not None else None
    return later is not None and len(later) > 0 and bool((later != later[:1]).any())


CHECK = Check(
    judge=judge,
    cause="labels",
    severity="error",
    source="Breck et al. 2019, Data validation for machine learning",
    rank=4,
    explains=("initialisation", "dynamics"),
)
