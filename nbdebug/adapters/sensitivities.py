"""How one number of the network depends on every input time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from nbdebug.adapters.traces import check_traceable
from nbdebug.errors import NbdebugError
from nbdebug.measure.check_time import check_time
from nbdebug.measure.intake.intake import rows_of
from nbdebug.records import Grid, Input, Layer, Output, Sensitivity
from nbdebug.records.head import Head
from nbdebug.records.progress import Progress
from nbdebug.records.target import Target


@dataclass(frozen=True)
class Question:
    """What is differentiated, and where.

    Args:
        target: as the probe takes it.
        name: in words, such as "unit 3 of conv_2" or "apnea".
        at: input time, several for anchors, None where the number has no time.
        at_span: input times that the position behind `at` covers.
    """

    target: Target
    name: str
    at: int | tuple[int, ...] | None
    at_span: Any


def refuse_both(output: object, layer: object) -> None:
    """Complain where both an output and a layer were named.

    Raises:
        NbdebugError: they were.
    """
    if output is not None and layer is not None:
        raise NbdebugError(
            "Only one number can be asked about.",
            got=f"output={output!r} and layer={layer!r}",
            fix="name an output, or a layer and a unit",
        )


def class_column(output: Output, unit: int | None, table: Callable[[], pd.DataFrame]) -> int | None:
    """The column of the head to differentiate: the output's own; of a multi-class output class `unit`.

    Args:
        output: what is predicted.
        unit: number of the class; None for the one that `table()` predicts most often (the lowest where several do).
        table: makes the example table of the examples asked for.

    Raises:
        NbdebugError: no such class, or a class was asked of an output that has none to choose.
    """
    if output.kind != "multiclass":
        if unit is not None:
            raise NbdebugError(
                f"{output.name} is one number and has no units.",
                got=f"unit={unit!r}",
                fix="leave `unit` out, or name a layer",
            )
        return output.column
    if unit is None:
        predicted = table()["prediction"].dropna()
        names = [str(p) if isinstance(p, str) else str(int(p)) for p in predicted]
        return max(range(len(output.classes)), key=lambda c: (names.count(output.classes[c]), -c))
    if not isinstance(unit, int | np.integer) or not 0 <= unit < len(output.classes):
        raise NbdebugError(
            f"There is no such class of {output.name}.",
            got=f"unit={unit!r}",
            fix=f"unit=0 to {len(output.classes) - 1}",
        )
    return int(unit)


def ask_output(output: Output, head: Head, column: int | None, at: Any, n_times: int) -> Question:
    """The question about one output, of a multi-class one about the class `column`.

    Raises:
        NbdebugError: a time was asked for and the output has none, or the time is outside the sequence.
    """
    name = f"{output.name} = {output.classes[column or 0]!r}" if output.kind == "multiclass" else output.name
    if head.time_grid is None:
        _refuse_time(at, output.name)
        return Question(Target(None, head.name, column, None), name, None, None)
    times, positions, spans = _places(at, n_times, head.time_grid)
    return Question(Target(None, head.name, column, positions), name, times, spans)


def ask_unit(layer: Layer, unit: int | None, at: Any, n_times: int) -> Question:
    """The question about one unit of one layer.

    Raises:
        NbdebugError: the layer has no units, the unit or the time is outside it.
    """
    check_traceable(layer)
    n_units = layer.n_units
    if n_units is None:
        raise NbdebugError(
            f"The layer {layer.name} has no units.", got=layer.reason or "no unit axis", fix="pick another layer"
        )
    if unit is None and n_units == 1:
        unit = 0
    if not isinstance(unit, int | np.integer) or isinstance(unit, bool) or not 0 <= unit < n_units:
        raise NbdebugError(
            f"There is no such unit in {layer.name}.", got=repr(unit), fix=f"unit=0 to unit={n_units - 1}"
        )
    name = f"unit {unit} of {layer.name}"
    if layer.time_grid is None:
        _refuse_time(at, name)
        return Question(Target(layer.name, None, int(unit), None), name, None, None)
    times, positions, spans = _places(at, n_times, layer.time_grid)
    return Question(Target(layer.name, None, int(unit), positions), name, times, spans)


def answer(
    probe: Any,
    question: Question,
    x: Mapping[str, np.ndarray],
    examples: Sequence[int],
    *,
    inputs: Sequence[Input],
    fingerprint: str,
    progress: Progress | None,
) -> Sensitivity | dict[str, Sensitivity]:
    """The sensitivity, by input name where the network has several inputs.

    Raises:
        NbdebugError: the number depends on no input that can be differentiated.
    """
    parts = probe.gradient(question.target, rows_of(x, examples), progress=progress)
    if not parts:
        raise NbdebugError(
            f"{question.name} cannot be differentiated.",
            got="no path from it to an input made of real numbers",
            fix="pick another output, layer or unit",
        )
    ports = {port.name: port for port in inputs}
    found = {name: _record(part, ports[name], question, tuple(examples), fingerprint) for name, part in parts.items()}
    return next(iter(found.values())) if len(found) == 1 and len(x) == 1 else found


def _record(part: Any, port: Input, question: Question, examples: tuple[int, ...], fingerprint: str) -> Sensitivity:
    one = not isinstance(question.at, tuple)

    def shaped(values: np.ndarray) -> np.ndarray:
        has_anchor_axis = question.target.positions is not None
        return port.channels_last(values[0] if one and has_anchor_axis else values)

    named = f"{question.name} ({part.note})" if part.note else question.name
    return Sensitivity(
        values=shaped(part.absolute_sum) / part.n,
        mean_signed=shaped(part.signed_sum) / part.n,
        of=f"logit of {named}" if part.of_logit else named,
        at=question.at,
        at_span=question.at_span,
        examples=examples,
        masked=part.masked,
        underflow=shaped(part.underflow),
        input=port.name,
        fingerprint=fingerprint,
    )


def _places(at: Any, n_times: int, grid: Grid) -> tuple[Any, tuple[int, ...], Any]:
    """Input times, positions and spans for one time, several anchors, or the middle."""
    n_times = n_times or grid.n_times
    if at is None:
        at = n_times // 2
    several = isinstance(at, Sequence | range) or (isinstance(at, np.ndarray) and at.ndim > 0)
    times = tuple(check_time(t, n_times) for t in (at if several else (at,)))
    if not times:
        raise NbdebugError("at names no time.", got=repr(at), fix=f"times from 0 to {n_times - 1}")
    positions = tuple(grid.position_of(t) for t in times)
    spans = tuple(grid.span_of(p) for p in positions)
    return (times, positions, spans) if several else (times[0], positions, spans[0])


def _refuse_time(at: Any, name: str) -> None:
    if at is not None:
        raise NbdebugError(
            f"{name} has no time.", got=f"at={at!r}", fix="leave `at` out, or ask about a layer that has a time axis"
        )
