"""All metrics there are; a new one is an entry in the file of its kind."""

from __future__ import annotations

from collections.abc import Iterable

from nbdebug.errors import unknown_name
from nbdebug.measure.metrics import binary, classes, regression
from nbdebug.measure.metrics.examples import Examples
from nbdebug.measure.metrics.metric import Estimate, Metric, mean_of, plain
from nbdebug.records.ports import OutputKind


def _loss(examples: Examples) -> Estimate:
    return mean_of(examples.loss, examples)


LOSS = Metric("loss", "lower", _loss, plain, needs="loss")

METRICS: dict[OutputKind, tuple[Metric, ...]] = {
    "binary": (LOSS, *binary.METRICS),
    "multiclass": (LOSS, *classes.METRICS),
    "regression": (LOSS, *regression.METRICS),
}


def pick_metrics(kind: OutputKind, only: Iterable[str] | None = None) -> tuple[Metric, ...]:
    """The metrics of a kind of output; those named in `only`, in their usual order.

    Raises:
        NbdebugError: there is no metric of that name for this kind of output.
    """
    known = METRICS[kind]
    if only is None:
        return known
    asked, names = set(only), [metric.name for metric in known]
    for name in asked.difference(names):
        raise unknown_name(f"metric of a {kind} output", name, names)
    return tuple(metric for metric in known if metric.name in asked)
