"""Predictions of the heads -> scores, losses and tables of the outputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from nbdebug.measure.intake.heads import Reading, layout, one_for_all_columns, with_columns
from nbdebug.measure.intake.intake import rows_of
from nbdebug.measure.losses import inferred_loss_name, inferred_losses, squash
from nbdebug.measure.table import class_shares, example_table
from nbdebug.records.data import Data
from nbdebug.records.head import Head
from nbdebug.records.ports import Output

_COMPARED = 64


def output_tables(
    probe: Any, outputs: Sequence[Output], readings: Mapping[str, Reading], data: Data, progress: Any = None
) -> dict[str, pd.DataFrame]:
    """The example table of every output, one forward pass for all of them."""
    predicted = probe.predict(data.x, progress=progress)
    heads = {head.name: head for head in probe.heads}
    masks = {name: head_mask(probe, head, data.x) for name, head in heads.items()}
    return {
        o.name: output_table(probe, o, heads[o.head], readings[o.head], data, predicted[o.head], masks[o.head])
        for o in outputs
    }


def output_table(
    probe: Any, output: Output, head: Head, reading: Reading, data: Data, values: np.ndarray, mask: np.ndarray | None
) -> pd.DataFrame:
    """The example table of one output.

    Args:
        probe: the model.
        output: what is predicted.
        head: the head it comes from.
        reading: how the head is read.
        data: labels and names of the examples.
        values: what the model predicted, (example, *shape of the head).
        mask: of the head, (example, position); None where nothing is masked.
    """
    score = output_scores(output, head, reading, values)
    losses = None
    if output.name in data.labels:
        losses, output = _losses(probe, output, head, reading, data, values, score)
    return example_table(output, score, data.labels.get(output.name), losses, data.index, mask)


def output_shares(probe: Any, output: Output, reading: Reading, data: Data, progress: Any = None) -> pd.DataFrame:
    """What a multi-class output gave each class: a row an example, a column a class."""
    head = next(head for head in probe.heads if head.name == output.head)
    score = output_scores(output, head, reading, probe.predict(data.x, progress=progress)[head.name])
    return class_shares(output, score, data.index, head_mask(probe, head, data.x))


def output_scores(output: Output, head: Head, reading: Reading, values: np.ndarray) -> np.ndarray:
    """Share of label 1, share of each class, or the predicted number; (example, *positions[, class])."""
    columns = with_columns(values, head)
    if reading.columns_are_classes:
        columns = columns.astype(np.float64)
        shares = squash(columns, "multiclass") if reading.logits else columns
        return shares[..., 1] if output.kind == "binary" else shares
    score = columns[..., output.column or 0].astype(np.float64)
    return squash(score, "binary") if reading.logits else score


def head_mask(probe: Any, head: Head, x: Mapping[str, np.ndarray]) -> np.ndarray | None:
    """Which positions of a head over time count, (example, position); None where all do."""
    if head.time_axis is None or head.layer is None:
        return None
    if probe.activations(head.layer, rows_of(x, (0,)))[1] is None:
        return None
    return probe.activations(head.layer, x)[1]


def _losses(
    probe: Any, output: Output, head: Head, reading: Reading, data: Data, values: np.ndarray, score: np.ndarray
) -> tuple[np.ndarray, Output]:
    """Loss of each example (and position), NaN where the label is missing, and the output with the loss's true name."""
    labels = data.labels[output.name].astype(np.float64)
    compiled = None if output.loss_inferred else _compiled_losses(probe, output, head, reading, data, values)
    if compiled is None:
        name = inferred_loss_name(output.kind, reading.logits)
        return inferred_losses(output.kind, labels, score), replace(output, loss=name, loss_inferred=True)
    absent: np.ndarray = np.isnan(labels)
    if absent.ndim > compiled.ndim:
        absent = np.all(absent.reshape(*compiled.shape, -1), axis=-1)
    return np.where(absent, np.nan, compiled.astype(np.float64)), output


def _compiled_losses(
    probe: Any, output: Output, head: Head, reading: Reading, data: Data, values: np.ndarray
) -> np.ndarray | None:
    y, labels = data.y[head.name], data.labels[output.name]
    if reading.columns_are_classes:
        return probe.losses(head.name, _filled_classes(y, labels, head), values)
    if layout(head).columns == 1:
        return probe.losses(head.name, _filled(labels).reshape(values.shape), values)
    if one_for_all_columns(head, y):
        return probe.losses(head.name, _filled(y).reshape(*values.shape[:-1], 1), values)
    shaped = _filled(y).reshape(values.shape)
    column = slice(output.column, (output.column or 0) + 1)
    if not _adds_up(probe, head, shaped[:_COMPARED], values[:_COMPARED]):
        return None
    return probe.losses(head.name, shaped[..., column], values[..., column])


def _adds_up(probe: Any, head: Head, y: np.ndarray, values: np.ndarray) -> bool:
    """Whether the compiled loss of the head is the mean of its columns', so that a column has a loss of its own."""
    whole = probe.losses(head.name, y, values)
    columns = [slice(c, c + 1) for c in range(layout(head).columns)]
    parts = [probe.losses(head.name, y[..., c], values[..., c]) for c in columns]
    if whole is None or any(part is None or part.shape != whole.shape for part in parts):
        return False
    return bool(np.allclose(np.mean(parts, axis=0, dtype=np.float64), whole, rtol=1e-3, atol=1e-5, equal_nan=True))


def _filled(labels: np.ndarray) -> np.ndarray:
    """Labels with 0 where they are missing: a loss must not turn NaN for the examples beside them."""
    return np.nan_to_num(labels) if labels.dtype.kind == "f" and np.isnan(labels).any() else labels


def _filled_classes(y: np.ndarray, labels: np.ndarray, head: Head) -> np.ndarray:
    """Class labels in the form that was handed over (numbers or one-hot), class 0 where they are missing."""
    numbers = np.nan_to_num(labels).astype(np.int64)
    one_hot = y.ndim > labels.ndim and y.shape[-1] == layout(head).columns
    if one_hot:
        return np.where(np.isnan(labels)[..., None], np.eye(y.shape[-1])[0], y) if np.isnan(labels).any() else y
    return numbers
