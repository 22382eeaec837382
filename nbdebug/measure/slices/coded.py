"""The coding that follows from what a column holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from nbdebug.measure.slices.coding import Coding
from nbdebug.measure.slices.summary import Summary
from nbdebug.measure.slices.syntax import band_text, can_be_named, is_finite, list_text, name_text, value_text
from nbdebug.measure.slices.values import Kind


def codings_of(summaries: Sequence[Summary], bins: int) -> tuple[list[Coding], list[str]]:
    """The codings of the columns that can be used, and what has to be said of the others."""
    made = [(summary.name, coding_of(summary, bins)) for summary in summaries]
    codings = [coding for _, coding in made if isinstance(coding, Coding)]
    notes = [f"{name} is left out: {coding}" for name, coding in made if isinstance(coding, str)]
    return codings, notes + [coding.note for coding in codings if coding.note]


def coding_of(summary: Summary, bins: int) -> Coding | str:
    """How to encode the column, or why it is left out."""
    if not can_be_named(summary.name):
        return "its name holds a backtick"
    if not summary.hashable:
        return "its values cannot be compared (lists or the like)"
    if summary.kind is None:
        return "it is missing everywhere"
    if summary.counts is None and summary.kind == "mixed":
        return "it holds numbers here and texts there, too many to tell apart"
    if summary.counts is None or (summary.kind in ("number", "time", "span") and len(summary.counts) > summary.top):
        return _binned(summary, bins)
    if len(summary.counts) == 1 and not summary.n_missing:
        return "it has one value only"
    n_known = summary.n - summary.n_missing
    if len(summary.counts) == n_known > summary.top:
        return "every value is different"
    return _valued(summary, summary.counts)


def _valued(summary: Summary, counts: Counter[object]) -> Coding:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    sayable = [value for value, _ in ranked if is_finite(value)]
    top = tuple(sayable[: summary.top])
    rest = len(ranked) - len(top)
    name, note = name_text(summary.name), ""
    texts = [f"{name} == {value_text(value)}" for value in top]
    if rest:
        texts.append(f"{name} not in {list_text(top)}")
        note = f"{summary.name}: the {len(top)} most frequent of {len(ranked):,} values, the others taken together"
    if summary.kind == "mixed":
        note = "; ".join([*([note] if note else []), f"{summary.name}: values of several kinds, taken as texts"])
    if summary.n_missing:
        texts.append(f"{name} is missing")
    missing = len(texts) - 1 if summary.n_missing else None
    other = len(top) if rest else None
    return Coding(summary.name, tuple(texts), summary.kind or "text", top, (), other, missing, note)


def _binned(summary: Summary, bins: int) -> Coding | str:
    values = np.concatenate(summary.sample or [np.zeros(0)])
    values = values[np.isfinite(values)]
    if not len(values):
        return "it has no finite value"
    edges = np.unique(np.quantile(values, np.arange(1, bins) / bins, method="lower"))
    edges = _readable(edges) if summary.kind == "number" else np.unique(np.floor(edges))
    edges = edges[edges < values.max()]
    said = [_said(edge, summary.kind or "number") for edge in edges]
    sides: list[object | None] = [None, *said, None]
    texts = [band_text(summary.name, sides[i], sides[i + 1]) for i in range(len(said) + 1)]
    missing = len(texts) if summary.n_missing else None
    texts += [f"{name_text(summary.name)} is missing"] * (missing is not None)
    if len(texts) < 2:
        return "nearly all its values are the same"
    return Coding(summary.name, tuple(texts), summary.kind or "number", (), tuple(map(float, edges)), None, missing)


def _said(edge: float, kind: Kind) -> object:
    if kind == "time":
        return pd.Timestamp(edge, unit="s").isoformat() + "Z"
    return str(pd.Timedelta(edge, unit="s")) if kind == "span" else edge


def _readable(edges: np.ndarray) -> np.ndarray:
    """Edges with as few digits as keep them a hundredth of their gaps apart from where they were."""
    if len(edges) < 2 or np.array_equal(edges, np.rint(edges)):
        return np.asarray(edges, dtype=float)
    digits = int(2 - np.floor(np.log10(np.diff(edges).min())))
    return np.unique(np.round(edges.astype(float), min(max(digits, 0), 15)))
