"""What network and baseline predict of each example, as points and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.panels.words import counted, number
from nbdebug.records.baseline import Baseline, Pairs
from nbdebug.render.figure import SERIES
from nbdebug.render.point_colours import by_group, by_number
from nbdebug.render.raster import ColourScale
from nbdebug.render.scatter import MOST, Cloud

OTHER = "other"


@dataclass(frozen=True)
class Coloured:
    """A cloud with the meaning of its colours: names of groups, or a scale of labels."""

    cloud: Cloud
    names: tuple[str, ...] = ()
    scale: ColourScale | None = None


def coloured(pairs: Pairs, baseline: Baseline) -> Coloured:
    """The points of these pairs, coloured by label, the network's errors marked."""
    of = "predicted share" if baseline.kind == "binary" else "share of the true class"
    titles = ("metadata: prediction", "network: prediction")
    if baseline.kind != "regression":
        titles = (f"metadata: {of}", f"network: {of}")
    bounds = None if baseline.kind == "regression" else (0.0, 1.0)
    names: tuple[str, ...] = ()
    scale: ColourScale | None = None
    if baseline.kind == "regression":
        colours, scale = by_number(pairs.label)
    else:
        group, names = _groups(pairs, baseline)
        colours = by_group(group)
    cloud = Cloud(pairs.baseline, pairs.network, colours, pairs.wrong, pairs.miss, titles, bounds)
    return Coloured(cloud, names, scale)


def said(cloud: Cloud, correlation: float, right: str, where: str | None) -> str:
    """What has to be said of the picture.

    Args:
        cloud: what is drawn.
        correlation: of both predictions over all examples, NaN where one is constant.
        right: what the network has to get right, in words.
        where: name of the slice whose examples are drawn; None for all.
    """
    n, n_marked = len(cloud.x), int(cloud.marked.sum())
    crosses = f"+: the network is wrong ({n_marked:,}; right is {right})"
    drawn = [counted(n, "example") + (f" of the slice {where}" if where is not None else "")]
    if cloud.is_dense:
        drawn.append(
            f"more than {MOST:,} points: a density image, the fuller the grey the more examples, on a log scale"
        )
        if len(cloud.crosses) < n_marked:
            crosses += f", the {len(cloud.crosses):,} furthest off drawn over it"
        else:
            crosses += ", drawn over it"
    told = "correlation unknown, one prediction is the same for all"
    if correlation == correlation:
        told = f"correlation of both {number(correlation)}" + (" over all examples" if where is not None else "")
    return "; ".join([*drawn, crosses, told, "dashed: both say the same; a click selects the nearest example"]) + "."


def _groups(pairs: Pairs, baseline: Baseline) -> tuple[np.ndarray, tuple[str, ...]]:
    """The group of each label, and what the groups are called; the rarest classes are one."""
    if baseline.kind == "binary":
        soft = not np.isin(pairs.label, (0, 1)).all()
        names = ("label < 0.5", "label >= 0.5") if soft else ("label 0", "label 1")
        return (pairs.label >= THRESHOLD).astype(int), names
    place = pairs.label.astype(int)
    return _classes(place, [str(name) for name in baseline.classes])


def _classes(place: np.ndarray, names: Sequence[str]) -> tuple[np.ndarray, tuple[str, ...]]:
    if len(names) <= len(SERIES):
        return place, tuple(names)
    counts = np.bincount(place, minlength=len(names))
    own = np.sort(np.argsort(-counts, kind="stable")[: len(SERIES) - 1])
    group = np.full(len(names), len(own))
    group[own] = np.arange(len(own))
    return group[place], (*(names[i] for i in own), OTHER)
