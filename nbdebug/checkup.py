"""A checkup of a model and its data, with or without a session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nbdebug.adapters.keras.cases import make_case
from nbdebug.adapters.keras.monitor import Monitor
from nbdebug.checks.examine import OnVerdict, examine
from nbdebug.records.report import Report


def check(
    model: Any,
    x: Any,
    y: Any = None,
    *,
    validation: Any = None,
    monitor: Monitor | None = None,
    only: Sequence[str] | None = None,
    on_verdict: OnVerdict | None = None,
    **fit: Any,
) -> Report:
    """Look for what is wrong with a model, its data and how it will be trained, before or after training.

    Args:
        model: any built, compiled Keras model.
        x: array, list or dict of arrays, as for `fit`.
        y: labels as for `fit`.
        validation: (x, y) of the validation data.
        monitor: the `nbdebug.Monitor` that watched the last fit.
        only: names of checks or families ("contract", "architecture", "data", "initialisation", "dynamics");
            None for all.
        on_verdict: called after each check with its verdict and how many checks there are.
        **fit: what `fit` will be given: epochs, batch_size, steps_per_epoch, shuffle, class_weight.

    Returns:
        `Report`: ranked findings, the root cause first, and the verdict of each check.

    Raises:
        NbdebugError: the model is not built, x does not fit it, or an unknown name in `only`.
        ModelError: the model raised.
    """
    series = None if monitor is None else monitor.series
    return examine(make_case(model, x, y, validation=validation, fit=fit, series=series), only, on_verdict)
