"""What runs on a worker: it holds one model, and judges the pieces that come its way with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
import pandas as pd

from nbdebug.adapters.in_parts.pieces import first_of
from nbdebug.adapters.in_parts.stopping import stoppable
from nbdebug.adapters.keras.probe import KerasProbe
from nbdebug.adapters.keras.structure import ports
from nbdebug.adapters.keras.travel import Packed, unpack
from nbdebug.adapters.scores import output_tables
from nbdebug.adapters.snapshot import Snapshot, mixed_error
from nbdebug.errors import NbdebugError
from nbdebug.measure.intake.heads import Reading
from nbdebug.measure.intake.intake import take_features, take_more_labels
from nbdebug.measure.intake.labels import check_lengths
from nbdebug.measure.outcomes import with_threshold
from nbdebug.records.data import Data
from nbdebug.records.ports import Output


@dataclass(frozen=True)
class Held:
    """A model in this process, and what keeps two from using it at once."""

    probe: KerasProbe
    snapshot: Snapshot


@dataclass(frozen=True)
class Question:
    """What is asked of every piece.

    Args:
        asked: names the call that asks; what it names can be stopped.
        token: names one state of one model.
        fingerprint: of its weights.
        outputs, readings: of the session.
        output: what is judged.
        threshold: the share from which on a binary output predicts 1.
        missing: the class number that stands for "no label".
        batch_size: examples that go through the model at once.
    """

    asked: str
    token: str
    fingerprint: str
    outputs: tuple[Output, ...]
    readings: Mapping[str, Reading]
    output: Output
    threshold: float
    missing: float | None
    batch_size: int


_AT_HOME: WeakValueDictionary[str, Held] = WeakValueDictionary()
_UNPACKED: dict[str, Held] = {}
_LOCK = Lock()


def at_home(token: str, held: Held) -> None:
    """Workers that are threads of this process use this model rather than a copy."""
    _AT_HOME[token] = held


def judged(
    parts: Mapping[str, Any], number: int, start: int, question: Question, packed: Packed | None, like: pd.DataFrame
) -> pd.DataFrame:
    """The example table of one piece.

    Args:
        parts: "x" and, where there are any, "y" and "metadata".
        number, start: of the piece.
        question: what is asked.
        packed: the model, for a process that does not hold it.
        like: an empty table with the columns and types that all pieces share.

    Raises:
        NbdebugError: the piece cannot be used, or the weights are others than when this was asked.
        Cancelled: the call that asked was ended.
    """
    try:
        return _table(parts, start, question, packed, like)
    except NbdebugError as error:
        raise type(error)(f"Partition {number}: {error.what}", got=error.got, fix=error.fix) from error


def _table(
    parts: Mapping[str, Any], start: int, question: Question, packed: Packed | None, like: pd.DataFrame
) -> pd.DataFrame:
    x = parts["x"]
    if not len(first_of(x)):
        return like.copy()
    held = _held(question, packed, x)
    data = take_features(x, [port.name for port in ports(held.probe.model)], parts.get("metadata"))
    check_lengths(parts.get("y"), data.n_examples)
    data = take_more_labels(
        data, parts.get("y"), held.probe.heads, question.outputs, question.readings, question.missing
    )
    table = held.snapshot.run(None, lambda: _judge(held, question, data)).copy()
    if held.snapshot.fingerprint != question.fingerprint:
        raise mixed_error()
    table["example"] += start
    return table.astype(dict(like.dtypes))[list(like.columns)]


def _judge(held: Held, question: Question, data: Data) -> pd.DataFrame:
    output = question.output
    with stoppable(question.asked) as progress:
        table = output_tables(held.probe, [output], question.readings, data, progress)[output.name]
    return with_threshold(table, question.threshold) if output.kind == "binary" else table


def _held(question: Question, packed: Packed | None, x: Any) -> Held:
    with _LOCK:
        held = _AT_HOME.get(question.token) or _UNPACKED.get(question.token)
        if held is None:
            _UNPACKED.clear()
            held = _UNPACKED[question.token] = _unpacked(packed, x, question.batch_size)
        return held


def _unpacked(packed: Packed | None, x: Any, batch_size: int) -> Held:
    if packed is None:
        raise NbdebugError(
            "This worker does not hold the model.",
            got="a session that is closed, or a dask client that is newer than session.in_parts(...)",
            fix="call session.in_parts(...) again",
        )
    model = unpack(packed)
    probe = KerasProbe(model, take_features(x, [port.name for port in ports(model)]).x, batch_size=batch_size)
    return Held(probe, Snapshot(probe))


def n_models() -> int:
    """How many models this process has unpacked and holds."""
    return len(_UNPACKED)


def number_column(
    table: pd.DataFrame,
    metadata: pd.DataFrame,
    sample_weight: np.ndarray | None,
    names: tuple[str, str],
    number_of: Callable[[pd.DataFrame], np.ndarray],
) -> pd.DataFrame:
    """The metadata with the number that slices are searched by, and the weight, beside it."""
    beside = {names[0]: number_of(table)} | ({} if sample_weight is None else {names[1]: np.asarray(sample_weight)})
    return metadata.assign(**beside)
