"""The basic metrics of one output, each with its interval and its count."""

import numpy as np
import pandas as pd
from jaxtyping import Bool
from sklearn.metrics import accuracy_score, mean_absolute_error, roc_auc_score

from nbdebug.measure.intervals import auroc_interval, mean_interval, share_interval
from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.records.ports import OutputKind

COLUMNS = ["metric", "value", "low", "high", "n"]


def basic_metrics(
    table: pd.DataFrame,
    kind: OutputKind,
    weights: np.ndarray | None = None,
    rows: Bool[np.ndarray, "example"] | None = None,
) -> pd.DataFrame:
    """Loss, and accuracy, AUROC or MAE where they apply.

    Args:
        table: of `example_table`.
        kind: of the output.
        weights: (example,) or None for equal ones.
        rows: which examples count; None for all.

    Missing labels and examples of weight 0 count in nothing; `n` says how many do. A metric that cannot be computed is
    NaN and `attrs["reasons"][metric]` says why.
    """
    reasons: dict[str, str] = {}
    weights = np.ones(len(table)) if weights is None else weights.astype(np.float64)
    counted = table["label"].notna().to_numpy() & (weights > 0)
    if rows is not None:
        counted &= rows
    kept, weights = table[counted], weights[counted]
    measured = {"binary": _binary, "multiclass": _multiclass, "regression": _regression}[kind]
    found = [_loss(kept, weights, reasons), *measured(kept, weights, reasons)]
    if not len(kept):
        why = "no example is selected" if rows is not None and not rows.any() else "no labels"
        reasons = {str(row[0]): why for row in found}
    result = pd.DataFrame(found, columns=COLUMNS)
    result.attrs["reasons"] = reasons
    result.attrs["note"] = "; ".join(
        [*([table.attrs["note"]] if table.attrs.get("note") else []), *(f"{m}: {why}" for m, why in reasons.items())]
    )
    return result


Row = tuple[str, float, float, float, int]


def _nothing(metric: str) -> Row:
    return metric, np.nan, np.nan, np.nan, 0


def _finite(kept: pd.DataFrame, column: str, metric: str, reasons: dict[str, str]) -> np.ndarray:
    finite = np.isfinite(kept[column].to_numpy(dtype=float))
    if len(kept) and not finite.all():
        reasons[metric] = f"{column} is not finite for {int((~finite).sum()):,} examples, which are left out"
    return finite


def _loss(kept: pd.DataFrame, weights: np.ndarray, reasons: dict[str, str]) -> Row:
    finite = _finite(kept, "loss", "loss", reasons)
    if not finite.any():
        return _nothing("loss")
    return "loss", *mean_interval(kept["loss"].to_numpy(dtype=float)[finite], weights[finite]), int(finite.sum())


def _accuracy(hits: np.ndarray, weights: np.ndarray, value: float) -> Row:
    _, low, high = share_interval(hits, weights)
    return "accuracy", value, low, high, len(hits)


def _binary(kept: pd.DataFrame, weights: np.ndarray, reasons: dict[str, str]) -> list[Row]:
    finite = _finite(kept, "prediction", "accuracy", reasons)
    label = kept["label"].to_numpy(dtype=float)[finite] >= THRESHOLD
    score, weights = kept["prediction"].to_numpy(dtype=float)[finite], weights[finite]
    if not len(label):
        return [_nothing("accuracy"), _nothing("AUROC")]
    called = score >= THRESHOLD
    accuracy = _accuracy(label == called, weights, accuracy_score(label, called, sample_weight=weights))
    if label.all() or not label.any():
        reasons["AUROC"] = f"every label is {int(label[0])}, so there are no pairs to rank"
        return [accuracy, ("AUROC", np.nan, np.nan, np.nan, len(label))]
    _, low, high = auroc_interval(label, score, weights)
    return [accuracy, ("AUROC", float(roc_auc_score(label, score, sample_weight=weights)), low, high, len(label))]


def _multiclass(kept: pd.DataFrame, weights: np.ndarray, _reasons: dict[str, str]) -> list[Row]:
    if not len(kept):
        return [_nothing("accuracy")]
    hits = (kept["outcome"] == "correct").to_numpy()
    return [_accuracy(hits, weights, accuracy_score(np.ones(len(hits)), hits, sample_weight=weights))]


def _regression(kept: pd.DataFrame, weights: np.ndarray, reasons: dict[str, str]) -> list[Row]:
    finite = _finite(kept, "prediction", "MAE", reasons)
    label, prediction = kept["label"].to_numpy(dtype=float)[finite], kept["prediction"].to_numpy(dtype=float)[finite]
    if not len(label):
        return [_nothing("MAE")]
    value = float(mean_absolute_error(label, prediction, sample_weight=weights[finite]))
    _, low, high = mean_interval(np.abs(label - prediction), weights[finite])
    return [("MAE", value, low, high, len(label))]
