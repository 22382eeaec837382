"""A checkup of a model and its data, with or without a session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nbdebug.adapters.keras.cases import make_case
from nbdebug.adapters.keras.compiling.compiled import training_of
from nbdebug.adapters.keras.dataset import is_dataset, read
from nbdebug.adapters.keras.watching.monitor import Monitor
from nbdebug.adapters.keras.watching.trained_now import is_training, last_series
from nbdebug.checks.examine import OnVerdict, examine
from nbdebug.checks.walk import all_checks
from nbdebug.records.case import Case
from nbdebug.records.progress import Pulse, still
from nbdebug.records.report import Report, SoFar, Verdict


def check(
    model: Any,
    x: Any,
    y: Any = None,
    *,
    validation: Any = None,
    monitor: Monitor | None = None,
    only: Sequence[str] | None = None,
    on_verdict: OnVerdict | None = None,
    pulse: Pulse = still,
    **fit: Any,
) -> Report:
    """Look for what is wrong with a model, its data and how it will be trained, before or after training.

    Args:
        model: any compiled Keras model; of one without weights another is made and built for `x`.
        x: array, list or dict of arrays, as for `fit`; or a finite `tf.data.Dataset` of (x, y) batches, read once.
        y: labels as for `fit`; None with a data set.
        validation: (x, y) of the validation data, or a data set.
        monitor: the `nbdebug.Monitor` that watched the last fit; by default the one that last watched this model.
        only: names of checks or families ("contract", "architecture", "data", "initialisation", "dynamics");
            None for all.
        on_verdict: called after each check with its verdict and how many checks there are.
        pulse: called between batches and between checks; what it raises ends the checkup.
        **fit: what `fit` will be given: epochs, batch_size, steps_per_epoch, shuffle, class_weight.

    Returns:
        `Report`: ranked findings, the root cause first, and the verdict of each check.

    Raises:
        NbdebugError: the model is not built and cannot be made once more, x does not fit it, a data set has no end or
            no batches, or an unknown name in `only`.
        ModelError: the model raised.
    """
    series = last_series(model) if monitor is None else monitor.series

    def verdict(made: Verdict, total: int) -> None:
        if on_verdict is not None:
            on_verdict(made, total)
        pulse()

    if is_dataset(x):
        taken = read(x)
        x, y = taken.x, taken.y
        fit = {"shuffle": None, **fit} if fit else fit  # Keras leaves the order of a data set as it is
    if is_dataset(validation):
        taken = read(validation)
        validation = (taken.x, taken.y)
    case = make_case(model, x, y, validation=validation, fit=fit, series=series, pulse=pulse)
    return examine(case, only, verdict)


def so_far(model: Any) -> SoFar | None:
    """What a Monitor has noted of the running or last fit of `model`, None where it was in none."""
    series = last_series(model)
    if series is None:
        return None
    case = Case(str(model.name), (), (), {}, {}, training=training_of(model, 0, {}), series=series)
    quick = [check.name for check in all_checks() if check.family == "dynamics" and not check.trains]
    return SoFar(series, examine(case, quick).findings, is_training(model) and not series.done)
