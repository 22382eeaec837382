"""A network held against a baseline that sees the metadata only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from nbdebug.errors import NbdebugError
from nbdebug.measure.baseline.compare import compare
from nbdebug.measure.baseline.fit import fit_baseline
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


def hold_against(
    metadata: pd.DataFrame | None,
    table: pd.DataFrame,
    kind: OutputKind,
    shares: pd.DataFrame | None = None,
    weights: np.ndarray | None = None,
    *,
    columns: Sequence[str] | None = None,
    model: str = "linear",
    seed: int = 0,
    threshold: float = THRESHOLD,
    pulse: Pulse = still,
) -> Baseline:
    """Fit the baseline of one output and compare the network's predictions with its.

    Args:
        metadata: a row an example.
        table: of `example_table`.
        kind: of the output.
        shares: of `class_shares`; of a multi-class output only.
        weights: (example,), None for equal ones.
        columns, model, seed, pulse: see `fit_baseline`.
        threshold: the share from which on a binary output predicts 1.

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
    fitted = fit_baseline(
        metadata, table["label"], kind, columns, model, seed=seed, weights=weights, classes=classes, pulse=pulse
    )
    network = table["prediction"].to_numpy(dtype=float) if shares is None else shares.to_numpy(dtype=float)
    against = compare(
        network,
        fitted.prediction,
        table["label"].to_numpy(dtype=float) if shares is None else _class_numbers(table["label"], shares),
        kind,
        weights,
        columns=fitted.columns,
        threshold=threshold,
    )
    return replace(fitted, comparison=against)


def _class_numbers(label: pd.Series, shares: pd.DataFrame) -> np.ndarray:
    place = shares.columns.get_indexer(pd.Index(label))
    return np.where(place < 0, np.nan, place.astype(float))
