"""One slice, against all other examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from jaxtyping import Bool, Float, Num

from nbdebug.errors import NbdebugError
from nbdebug.measure.slices.columns import columns_of
from nbdebug.measure.slices.compared import compared, counted
from nbdebug.measure.slices.differences import corrected
from nbdebug.measure.slices.parse import conditions_of, parse
from nbdebug.measure.slices.query import holds
from nbdebug.measure.slices.written import written
from nbdebug.records.slice import Slice


def define(
    where: str | Bool[np.ndarray, "example"],
    table: pd.DataFrame,
    metadata: pd.DataFrame | None = None,
    metric: str = "loss",
    weights: Num[np.ndarray, "example"] | None = None,
    name: str | None = None,
    said: str = "",
) -> Slice:
    """A slice and what is known of it.

    Means (loss, MAE) are compared by Welch's test, accuracy by Newcombe's interval and the chi-squared test, AUROC by
    DeLong's variances. Examples without a label (or a finite loss) and those of weight 0 count in nothing.

    Args:
        where: a query such as `device == "gen1" and age > 60` over the metadata and label, prediction, loss, outcome,
            residual; or which examples it holds.
        table: of `example_table`.
        metadata: a row an example, or None.
        metric: one of `METRICS`; AUROC asks for labels and predictions of 0 to 1.
        weights: of the examples, None for equal ones.
        name: what to call it; its text unless said otherwise.
        said: what has to be said with it.

    Raises:
        NbdebugError: a query that cannot be told, a mask of another length, or a metric that the table has not got.
    """
    mask, text, conditions, note = _held(where, table, metadata)
    w = np.ones(len(table)) if weights is None else weights.astype(float)
    kept = counted(table, metric) & (w > 0)
    inside, outside = kept & mask, kept & ~mask
    a, b, difference = compared(table, metric, w, inside, outside)
    loss = table["loss"].to_numpy(dtype=float)
    p = float(difference.p[0])
    reason = "" if p == p else _reason(inside, outside)
    return Slice(
        name=name or text or "chosen examples",
        text=text,
        conditions=conditions,
        mask=mask,
        metric=metric,
        n=int(inside.sum()),
        share=float(w[inside].sum() / w[kept].sum()) if kept.any() else np.nan,
        loss_share=_loss_share(loss, w, mask),
        inside=a,
        outside=b,
        difference=float(difference.value[0]),
        low=float(difference.low[0]),
        high=float(difference.high[0]),
        effect=float(difference.effect[0]),
        p=p,
        corrected_p=p,
        note="; ".join(filter(None, (said, note, reason))),
    )


def together(slices: Sequence[Slice]) -> tuple[Slice, ...]:
    """The same slices, their p corrected after Benjamini and Hochberg over all of them."""
    p = corrected(np.array([each.p for each in slices], dtype=float))
    return tuple(replace(each, corrected_p=float(value)) for each, value in zip(slices, p, strict=True))


def _held(
    where: str | np.ndarray, table: pd.DataFrame, metadata: pd.DataFrame | None
) -> tuple[np.ndarray, str, tuple[str, ...], str]:
    if isinstance(where, str):
        mask, note = holds(where, columns_of(table, metadata))
        return mask, where.strip(), tuple(written(part) for part in conditions_of(parse(where))), note
    if where.shape != (len(table),):
        raise NbdebugError(
            "The mask is not one true or false an example.",
            got=f"shape {where.shape} for {len(table):,} examples",
            fix="(example,)",
        )
    return where, "", (), ""


def _loss_share(loss: Float[np.ndarray, "example"], w: Float[np.ndarray, "example"], mask: np.ndarray) -> float:
    known = np.isfinite(loss) & (w > 0)
    total = float((loss * w)[known].sum())
    if not known.any() or loss[known].min() < 0 or not total > 0:
        return float("nan")
    return float((loss * w)[known & mask].sum()) / total


def _reason(inside: np.ndarray, outside: np.ndarray) -> str:
    if not inside.any():
        return "no example that counts is inside"
    return "every example that counts is inside" if not outside.any() else "too few, or all alike"
