"""A network held against a baseline that sees the metadata only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from jaxtyping import Bool

from nbdebug.errors import NbdebugError
from nbdebug.measure.baseline.compare import compare
from nbdebug.measure.baseline.fit import fit_baseline
from nbdebug.measure.baseline.gains import gain_by_slice
from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.records.baseline import Baseline
from nbdebug.records.ports import OutputKind
from nbdebug.records.progress import Pulse, still


def require_metadata(metadata: pd.DataFrame | None) -> pd.DataFrame:
    """The metadata.

    Raises:
        NbdebugError: there is none.
    """
    if metadata is None or not len(metadata.columns):
        raise no_metadata()
    return metadata


def no_metadata() -> NbdebugError:
    """The error of a question that only metadata can answer."""
    return NbdebugError(
        "There is no metadata.",
        got="a session without metadata",
        fix="nbdebug.debug(model, x, y, metadata=frame), a row an example",
    )


def fit_on_metadata(
    metadata: pd.DataFrame | None,
    table: pd.DataFrame,
    kind: OutputKind,
    shares: pd.DataFrame | None = None,
    weights: np.ndarray | None = None,
    *,
    columns: Sequence[str] | None = None,
    model: str = "linear",
    seed: int = 0,
    pulse: Pulse = still,
) -> Baseline:
    """Fit the baseline of one output.

    Args:
        metadata: a row an example.
        table: of `example_table`.
        kind: of the output.
        shares: of `class_shares`; of a multi-class output only.
        weights: (example,), None for equal ones.
        columns, model, seed, pulse: see `fit_baseline`.

    Raises:
        NbdebugError: there is no metadata, no label, or too little of either.
    """
    metadata = require_metadata(metadata)
    if table["label"].isna().all():
        raise NbdebugError(
            "There are no labels for a baseline to learn.",
            got="a session without y" if len(table) else "no example",
            fix="hand over y: nbdebug.debug(model, x, y, metadata=frame)",
        )
    classes = None if shares is None else list(shares.columns)
    return fit_baseline(
        metadata, table["label"], kind, columns, model, seed=seed, weights=weights, classes=classes, pulse=pulse
    )


def hold_against(
    fitted: Baseline,
    table: pd.DataFrame,
    shares: pd.DataFrame | None = None,
    weights: np.ndarray | None = None,
    *,
    threshold: float = THRESHOLD,
) -> Baseline:
    """The baseline with the network's predictions compared with its own.

    Args:
        fitted: of `fit_on_metadata`.
        table, shares, weights: as that took them.
        threshold: the share from which on a binary output predicts 1.
    """
    network, label = _judged(table, shares)
    against = compare(
        network, fitted.prediction, label, fitted.kind, weights, columns=fitted.columns, threshold=threshold
    )
    return replace(fitted, comparison=against)


def gains_of(
    fitted: Baseline,
    table: pd.DataFrame,
    slices: Mapping[str, Bool[np.ndarray, "example"]],
    shares: pd.DataFrame | None = None,
    weights: np.ndarray | None = None,
) -> pd.DataFrame:
    """What the network adds within each slice; see `gain_by_slice`."""
    network, label = _judged(table, shares)
    return gain_by_slice(network, fitted.prediction, label, fitted.kind, slices, weights)


def _judged(table: pd.DataFrame, shares: pd.DataFrame | None) -> tuple[np.ndarray, np.ndarray]:
    """The network's predictions and the labels, as `compare` takes them."""
    if shares is None:
        return table["prediction"].to_numpy(dtype=float), table["label"].to_numpy(dtype=float)
    place = shares.columns.get_indexer(pd.Index(table["label"]))
    return shares.to_numpy(dtype=float), np.where(place < 0, np.nan, place.astype(float))
