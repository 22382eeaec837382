"""From what the user handed over to `Data` and outputs, or an error before any work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from nbdebug.errors import NbdebugError
from nbdebug.measure.intake.arrays import named
from nbdebug.measure.intake.features import check_lengths, describe_not_finite
from nbdebug.measure.intake.heads import Reading, needs_sample, read_head
from nbdebug.measure.intake.labels import fit_labels, labels_by_head, labels_of, missing_notes
from nbdebug.measure.intake.outputs import make_outputs, names_by_head
from nbdebug.measure.intake.rows import check_metadata, check_weights
from nbdebug.records.data import Data
from nbdebug.records.head import Head
from nbdebug.records.ports import Input, Output


class Fitted(NamedTuple):
    """Data with labels, the outputs of the model, and how each head is read (by head name)."""

    data: Data
    outputs: tuple[Output, ...]
    readings: dict[str, Reading]


def take_features(x: Any, names: Sequence[str], metadata: Any = None, sample_weight: Any = None) -> Data:
    """Everything but the labels, checked.

    Args:
        x: array, list or dict of arrays.
        names: what the model calls its inputs; empty where it does not say.
        metadata: DataFrame or None.
        sample_weight: (example,) or None.

    Raises:
        NbdebugError: whatever cannot be used.
    """
    arrays = named(x, names, "x")
    n = check_lengths(arrays)
    return Data(
        x=arrays,
        y={},
        labels={},
        metadata=check_metadata(metadata, n),
        sample_weight=check_weights(sample_weight, n),
        notes=(),
    )


def take_labels(
    data: Data,
    y: Any,
    heads: Sequence[Head],
    *,
    names: Any = None,
    classes: Any = None,
    missing: float | None = None,
    from_logits: Collection[str] = (),
    sample: Callable[[], Mapping[str, np.ndarray]] = dict,
) -> Fitted:
    """The labels, fitted to the heads, and the outputs that follow from both.

    Args:
        data: of `take_features`.
        y: labels as handed over, or None.
        heads: of the model.
        names: of the outputs, as the user gave them.
        classes: class labels the user gave.
        missing: the class number that stands for "no label", beside NaN.
        from_logits: names of heads whose loss squashes the values itself.
        sample: a few predictions by head; called only where a head cannot be read without.

    Raises:
        NbdebugError: whatever cannot be used.
    """
    called = names_by_head(names, heads) or _names_of_columns(y, heads)
    raw = labels_by_head(y, heads, called)
    some = sample() if any(needs_sample(h) for h in heads) else {}
    readings = {
        h.name: read_head(h, _marked(raw.get(h.name), missing), h.name in from_logits, some.get(h.name)) for h in heads
    }
    outputs = make_outputs(heads, readings, called, classes)
    labelled = _labelled(data, raw, heads, outputs, readings, missing)
    noted = (*data.notes, *missing_notes(labelled.labels))
    return Fitted(replace(labelled, notes=noted), outputs, readings)


def take_more_labels(
    data: Data,
    y: Any,
    heads: Sequence[Head],
    outputs: Sequence[Output],
    readings: Mapping[str, Reading],
    missing: float | None = None,
) -> Data:
    """The labels of other examples, read as those before them were: a part of the data may hold one class only.

    Args:
        data: of `take_features`.
        y: labels as handed over, or None.
        heads: of the model.
        outputs, readings: of `take_labels` for the first examples.
        missing: the class number that stands for "no label", beside NaN.

    Raises:
        NbdebugError: whatever cannot be used.
    """
    called = {h.name: tuple(o.name for o in outputs if o.head == h.name) for h in heads}
    return _labelled(data, labels_by_head(y, heads, called), heads, outputs, readings, missing)


def finite_notes(data: Data, inputs: Sequence[Input]) -> tuple[str, ...]:
    """Where x is NaN or infinite, a sentence an input."""
    single = len(data.x) == 1
    found = (
        describe_not_finite("x" if single else i.name, i.channels_last(data.x[i.name]), i.channels) for i in inputs
    )
    return tuple(note for note in found if note)


def example_positions(examples: Any, n_examples: int) -> tuple[int, ...]:
    """Positions of examples out of an int, a sequence, a slice, a boolean array, or None for all.

    Raises:
        NbdebugError: a position outside the data, or none at all.
    """
    if examples is None:
        return tuple(range(n_examples))
    if isinstance(examples, slice):
        positions = tuple(range(n_examples))[examples]
    else:
        asked = np.atleast_1d(np.asarray(examples))
        if asked.dtype == bool and asked.shape == (n_examples,):
            asked = np.flatnonzero(asked)
        if asked.ndim != 1 or (asked.size and asked.dtype.kind not in "iu"):
            raise _no_example(examples, n_examples)
        positions = tuple(int(i) for i in asked)
    outside = [i for i in positions if not 0 <= i < n_examples]
    if outside or not positions:
        raise _no_example(outside[0] if outside else examples, n_examples)
    return positions


def rows_of(x: Mapping[str, np.ndarray], positions: Sequence[int]) -> dict[str, np.ndarray]:
    """The examples at `positions`; a view where they are consecutive."""
    first, n = positions[0], len(positions)
    consecutive = positions[-1] - first == n - 1 and all(p == first + i for i, p in enumerate(positions))
    at: Any = slice(first, first + n) if consecutive else list(positions)
    return {name: values[at] for name, values in x.items()}


def _labelled(
    data: Data,
    raw: Mapping[str, np.ndarray],
    heads: Sequence[Head],
    outputs: Sequence[Output],
    readings: Mapping[str, Reading],
    missing: float | None,
) -> Data:
    fitted = {h.name: fit_labels(h, readings[h.name], raw[h.name], missing) for h in heads if h.name in raw}
    labels = {o.name: labels_of(o, readings[o.head], fitted[o.head]) for o in outputs if o.head in fitted}
    return replace(data, y=raw, labels=labels)


def _marked(y: np.ndarray | None, missing: float | None) -> np.ndarray | None:
    if y is None or missing is None or not np.any(y == missing):
        return y
    return np.where(y == missing, np.nan, y.astype(np.result_type(y.dtype, np.float32)))


def _names_of_columns(y: Any, heads: Sequence[Head]) -> dict[str, tuple[str, ...]]:
    columns = getattr(y, "columns", None)
    if columns is None or len(heads) != 1 or heads[0].activation == "softmax" or len(columns) != heads[0].shape[-1]:
        return {}
    return {heads[0].name: tuple(str(c) for c in columns)}


def _no_example(asked: object, n_examples: int) -> NbdebugError:
    return NbdebugError(
        "There is no such example.",
        got=repr(asked),
        fix=f"positions from 0 to {n_examples - 1}, counted in the order of x",
    )
