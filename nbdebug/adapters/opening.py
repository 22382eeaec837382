"""Opening a session: every check before any work, so that nothing is left half open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from nbdebug.adapters.keras.compiling.from_logits import heads_of_logits
from nbdebug.adapters.keras.dataset import is_dataset, take
from nbdebug.adapters.keras.probe import KerasProbe
from nbdebug.adapters.keras.structure import ports, require_built, with_last_axes
from nbdebug.errors import NbdebugError
from nbdebug.measure.intake.channels import name_channels
from nbdebug.measure.intake.heads import Reading
from nbdebug.measure.intake.intake import Fitted, finite_notes, rows_of, take_features, take_labels
from nbdebug.measure.intake.labels import check_lengths
from nbdebug.measure.memory import as_text, available_bytes
from nbdebug.records.data import Data
from nbdebug.records.ports import Input, Output
from nbdebug.records.time_axis import TimeAxis, time_axis

_SAMPLE = 8


@dataclass(frozen=True)
class Wishes:
    """What the user said beside model, x and y; see `nbdebug.session.Session`."""

    metadata: Any = None
    validation: Any = None
    sample_weight: Any = None
    outputs: Any = None
    classes: Any = None
    channels: Any = None
    time_step: Any = None
    batch_size: int = 32
    missing: float | None = None


@dataclass(frozen=True)
class Opened:
    """A model and data that fit each other."""

    probe: KerasProbe
    data: Data
    validation: Data | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    readings: dict[str, Reading]
    time_axis: TimeAxis


def open_model(model: Any, x: Any, y: Any, wishes: Wishes) -> Opened:
    """Check everything that was handed over and run the model once on a few examples.

    Raises:
        NbdebugError: something cannot be used.
        ModelError: the model raised.
    """
    _check_batch_size(wishes.batch_size)
    time_axis(0, wishes.time_step)
    require_built(model)
    names = [port.name for port in ports(model)]
    x, y, weights, notes = _unpacked(x, y, wishes.sample_weight, "x")
    data = take_features(x, names, wishes.metadata, weights)
    check_lengths(y, data.n_examples)
    data = replace(data, x=with_last_axes(model, data.x))
    probe = KerasProbe(model, data.x, batch_size=wishes.batch_size)
    _check_memory(probe)
    inputs = name_channels(probe.inputs, wishes.channels)
    data, outputs, readings = _with_labels(probe, data, y, wishes)
    data = replace(data, notes=(*notes, *finite_notes(data, inputs), *data.notes))
    n_times = max((i.n_times or 0 for i in inputs), default=0)
    return Opened(
        probe,
        data,
        _validation(wishes, names, probe),
        inputs,
        outputs,
        readings,
        time_axis(n_times, wishes.time_step if n_times else None),
    )


def require_host(host: Any) -> Any:
    """What shows a session.

    Raises:
        NbdebugError: there is nothing.
    """
    if host is None:
        raise NbdebugError(
            "There is no place to show this session.", got="a Session made by hand", fix="nbdebug.debug(model, x, y)"
        )
    return host


def _with_labels(probe: KerasProbe, data: Data, y: Any, wishes: Wishes) -> Fitted:
    return take_labels(
        data,
        y,
        probe.heads,
        names=wishes.outputs,
        classes=wishes.classes,
        missing=wishes.missing,
        from_logits=heads_of_logits(probe.model, [h.name for h in probe.heads]),
        sample=lambda: probe.predict(rows_of(data.x, range(min(_SAMPLE, data.n_examples)))),
    )


def _validation(wishes: Wishes, names: list[str], probe: KerasProbe) -> Data | None:
    if wishes.validation is None:
        return None
    given = wishes.validation
    if isinstance(given, tuple | list) and len(given) in (2, 3):
        x, y, *weights = given
    else:
        x, y, weights = given, None, []
        if not is_dataset(given):
            raise NbdebugError("validation is not a pair.", got=type(given).__name__, fix="validation=(x, y)")
    x, y, weight, notes = _unpacked(x, y, weights[0] if weights else None, "validation")
    data = take_features(x, names, sample_weight=weight)
    data = replace(data, x=with_last_axes(probe.model, data.x))
    check_lengths(y, data.n_examples)
    data, _, _ = _with_labels(probe, data, y, wishes)
    return replace(data, notes=(*notes, *data.notes))


def _unpacked(x: Any, y: Any, weights: Any, what: str) -> tuple[Any, Any, Any, tuple[str, ...]]:
    """Arrays out of a `tf.data.Dataset`; anything else as it is."""
    if not is_dataset(x):
        return x, y, weights, ()
    if y is not None or weights is not None:
        raise NbdebugError(
            f"{what} is a Dataset, which brings labels and weights along.",
            got="a Dataset with " + ("y" if y is not None else "sample_weight"),
            fix="leave it out, or hand over arrays",
        )
    taken = take(x)
    held = f"{what} is a Dataset: it was read twice, agreed, and is held in memory ({as_text(taken.n_bytes)})."
    return taken.x, taken.y, taken.sample_weight, (held,)


def _check_batch_size(batch_size: Any) -> None:
    if not isinstance(batch_size, int) or isinstance(batch_size, bool) or batch_size < 1:
        raise NbdebugError(
            "batch_size is not a number of examples.", got=repr(batch_size), fix="a whole number from 1 on"
        )


def _check_memory(probe: KerasProbe) -> None:
    needed, free = probe.estimate_bytes(1), available_bytes()
    if free is not None and needed > free:
        raise NbdebugError(
            "One example alone would not fit in memory.",
            got=f"about {as_text(needed)} for all layers, {as_text(free)} free",
            fix="free memory, or shorten the sequences in x",
        )
