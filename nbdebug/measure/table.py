"""One row an example: label, prediction, loss, and outcome or residual."""

import numpy as np
import pandas as pd
from jaxtyping import Bool, Float, Num

from nbdebug.measure.outcomes import THRESHOLD, binary_outcomes, class_outcomes
from nbdebug.records.ports import Output


def example_table(
    output: Output,
    score: Float[np.ndarray, "example *position_and_class"],
    label: Num[np.ndarray, "example *position"] | None,
    loss: Float[np.ndarray, "example *position"] | None,
    index: pd.Index,
    mask: Bool[np.ndarray, "example position"] | None = None,
    threshold: float = THRESHOLD,
) -> pd.DataFrame:
    """The table that `session.predictions` returns.

    Args:
        output: what is predicted.
        score: share of label 1, share of each class (one axis more), or the predicted number.
        label: NaN where missing; None without labels.
        loss: of each example (and position).
        index: names of the examples.
        mask: False where a position is padding and counts in no average.
        threshold: the share from which on a binary output predicts 1.

    Where the output has one prediction a time, label, prediction and loss are means over the unmasked times (the label
    of a multi-class output is its most frequent one), and `attrs["note"]` says so. A multi-class output also has the
    column `label_probability`, what the model gave the class that is true.
    """
    n = len(score)
    n_classes = len(output.classes) if output.kind == "multiclass" else 0
    axes = score.ndim - 1 - (n_classes > 0)
    given = _label_probability(score, label, mask) if n_classes else None
    score = _mean_over_positions(score, axes, mask)
    loss = np.full(n, np.nan) if loss is None else _mean_over_positions(loss, loss.ndim - 1, mask)
    if label is None:
        label = np.full(n, np.nan)
    elif n_classes and label.ndim > 1:
        label = _most_frequent(label, n_classes, mask)
    else:
        label = _mean_over_positions(label, label.ndim - 1, mask)
    table = pd.DataFrame({"example": np.arange(n)}, index=index)
    if n_classes:
        best = np.where(np.isnan(score).any(axis=1), np.nan, np.nan_to_num(score).argmax(axis=1))
        table["label"], table["prediction"] = _as_classes(label, output), _as_classes(best, output)
        table["label_probability"] = given
    else:
        table["label"], table["prediction"] = label, score
    table["loss"] = loss
    if output.kind == "regression":
        table["residual"] = score - label
    else:
        outcome = class_outcomes(label, best) if n_classes else binary_outcomes(label, score, threshold)
        table["outcome"] = pd.Series(outcome, index=index, dtype=object)
    table.attrs["note"] = _note(output, axes)
    return table


def class_shares(
    output: Output,
    score: Float[np.ndarray, "example *position_and_class"],
    index: pd.Index,
    mask: Bool[np.ndarray, "example position"] | None = None,
) -> pd.DataFrame:
    """What a multi-class output gave each class: a row an example, a column a class, named as labels are in the table.

    Args:
        output: what is predicted.
        score: share of each class, the class axis last.
        index: names of the examples.
        mask: False where a position is padding; shares are means over the others.
    """
    columns = _as_classes(np.arange(len(output.classes), dtype=np.float64), output)
    return pd.DataFrame(_mean_over_positions(score, score.ndim - 2, mask), index=index, columns=columns)


def _note(output: Output, axes: int) -> str:
    notes = []
    if output.per_time:
        notes.append(f"{output.name} is predicted at every time: the numbers are means over the unmasked times")
    elif axes:
        notes.append(f"{output.name} is predicted at many positions: the numbers are means over them")
    if output.loss_inferred:
        notes.append(f"loss: {output.loss}, inferred (the model is not compiled with one)")
    return "; ".join(notes)


def _mean_over_positions(
    values: Num[np.ndarray, "example *axes"], axes: int, mask: Bool[np.ndarray, "example position"] | None
) -> Float[np.ndarray, "example *left"]:
    values = values.astype(np.float64)
    if axes == 0:
        return values
    if mask is not None:
        shown = mask.reshape(mask.shape + (1,) * (values.ndim - 2))
        values = np.where(shown, values, np.nan)
    over = tuple(range(1, 1 + axes))
    counted = (~np.isnan(values)).sum(axis=over)
    with np.errstate(invalid="ignore"):
        return np.where(counted > 0, np.nansum(values, axis=over) / np.maximum(counted, 1), np.nan)


def _label_probability(
    score: Float[np.ndarray, "example *position_and_class"],
    label: Num[np.ndarray, "example *position"] | None,
    mask: Bool[np.ndarray, "example position"] | None,
) -> Float[np.ndarray, "example"]:
    """The share of the class that is true, at each position and averaged over them; NaN where no label is known."""
    if label is None:
        return np.full(len(score), np.nan)
    number = label.astype(np.float64)
    if number.ndim < score.ndim - 1:  # one label for all positions
        number = np.broadcast_to(number.reshape(number.shape + (1,) * (score.ndim - 1 - number.ndim)), score.shape[:-1])
    at = np.nan_to_num(number).astype(np.int64)[..., None]
    given = np.take_along_axis(score.astype(np.float64), at, axis=-1)[..., 0]
    return _mean_over_positions(np.where(np.isnan(number), np.nan, given), score.ndim - 2, mask)


def _most_frequent(
    label: Num[np.ndarray, "example *position"], n_classes: int, mask: Bool[np.ndarray, "example position"] | None
) -> Float[np.ndarray, "example"]:
    flat = label.reshape(len(label), -1).astype(np.float64)
    if mask is not None and mask.shape == flat.shape:
        flat = np.where(mask, flat, np.nan)
    counts = np.stack([(flat == c).sum(axis=1) for c in range(n_classes)], axis=1)
    return np.where(counts.any(axis=1), counts.argmax(axis=1), np.nan)


def _as_classes(numbers: Float[np.ndarray, "example"], output: Output) -> np.ndarray:
    absent = np.isnan(numbers)
    if output.classes == tuple(str(c) for c in range(len(output.classes))):
        return numbers if absent.any() else numbers.astype(np.int64)
    names = np.array(output.classes, dtype=object)[np.nan_to_num(numbers).astype(int)]
    names[absent] = None
    return names
