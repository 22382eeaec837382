"""The same search over a `dask.dataframe`: its partitions are counted where they are, and the sums merged in a tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from nbdebug.errors import unknown_name
from nbdebug.measure.passes import Passes, require_dask
from nbdebug.measure.slices.asked import Asked
from nbdebug.measure.slices.coded import codings_of
from nbdebug.measure.slices.coding import Coding
from nbdebug.measure.slices.confirm import Told
from nbdebug.measure.slices.counts import Counts, Plan
from nbdebug.measure.slices.halves import draws, sampled
from nbdebug.measure.slices.in_memory import Half, halved
from nbdebug.measure.slices.losses import Losses, checked
from nbdebug.measure.slices.run import searched
from nbdebug.measure.slices.search import Conjunction
from nbdebug.measure.slices.summary import Summary, condensed

if TYPE_CHECKING:
    import dask.dataframe


def find_in_dask(
    frame: dask.dataframe.DataFrame,
    loss: str,
    weights: str | None = None,
    columns: Sequence[str] | None = None,
    passes: Passes | None = None,
    **asked: Any,
) -> pd.DataFrame:
    """As `find`, over a frame in partitions: the same slices and counts, sums equal to 1e-9 relative.

    It runs on the dask client that is current, or in threads of this process where there is none; none is started. A
    partition is encoded once (a byte a column, 8 bytes a loss) and kept where it was made; what travels are sums.

    Args:
        frame: metadata and losses, a row an example.
        loss: name of the column of losses.
        weights: name of the column of weights, None for equal ones.
        columns: which others to search; None for all.
        passes: counts the passes over the partitions.
        asked: see `Asked`.

    Raises:
        NbdebugError: dask is not installed, or as `find` says.
    """
    chosen = Asked(**asked)
    names = [str(name) for name in frame.columns]
    for name in (loss, *([weights] if weights else []), *(columns or ())):
        if name not in names:
            raise unknown_name("column", name, names)
    searching = [name for name in (names if columns is None else columns) if name not in (loss, weights)]
    counted = passes or Passes()
    found = searched(InParts.of(frame, loss, weights, searching, chosen, counted), chosen)
    counted.end()
    return found


@dataclass(frozen=True)
class InParts:
    """All examples, two halves a partition, each held where it was made."""

    codings: list[Coding]
    notes: list[str]
    losses: Losses
    parts: list[Any]
    passes: Passes

    @classmethod
    def of(
        cls,
        frame: dask.dataframe.DataFrame,
        loss: str,
        weights: str | None,
        columns: list[str],
        asked: Asked,
        passes: Passes,
    ) -> InParts:
        """Encode a frame: one pass for lengths, one for what the columns hold, one to encode."""
        dask = require_dask()
        pieces = frame[[*columns, loss, *([weights] if weights else [])]].to_delayed()
        lengths = passes.merged([dask.delayed(_length)(piece) for piece in pieces], _joined)
        starts = np.concatenate([[0], np.cumsum(lengths)]).tolist()
        look = dask.delayed(partial(_looked_at, loss=loss, weights=weights, asked=asked, n_examples=starts[-1]))
        looks = [look(piece, start) for piece, start in zip(pieces, starts, strict=False)]
        summaries, losses = passes.merged(looks, _both)
        codings, notes = codings_of(summaries, asked.bins)
        encode = dask.delayed(
            partial(_encoded, loss=loss, weights=weights, codings=codings, shift=losses.shift, seed=asked.seed)
        )
        parts = passes.keep([encode(piece, start) for piece, start in zip(pieces, starts, strict=False)])
        return cls(codings, notes, losses, parts, passes)

    def count(self, plan: Plan) -> Counts:
        """See `Examples`."""
        count = require_dask().delayed(partial(_count, plan=plan))
        return self.passes.merged([count(part) for part in self.parts], _merged)

    def tell(self, conjunctions: list[Conjunction], discovery: bool) -> Told:
        """See `Examples`."""
        tell = require_dask().delayed(partial(_tell, conjunctions=conjunctions, discovery=discovery))
        return self.passes.merged([tell(part) for part in self.parts], _merged)


def _length(piece: pd.DataFrame) -> list[int]:
    return [len(piece)]


def _joined(lengths: list[list[int]]) -> list[int]:
    return [n for some in lengths for n in some]


def _looked_at(
    piece: pd.DataFrame, start: int, loss: str, weights: str | None, asked: Asked, n_examples: int
) -> tuple[list[Summary], Losses]:
    picked = sampled(draws(start, len(piece), asked.seed), n_examples)
    columns = [name for name in piece.columns if name not in (loss, weights)]
    losses = Losses()
    losses.update(*_numbers(piece, loss, weights))
    return [Summary.of(condensed(piece[name], asked.top), asked.top, picked) for name in columns], losses


def _both(results: list[tuple[list[Summary], Losses]]) -> tuple[list[Summary], Losses]:
    (summaries, losses), *others = results
    for more, more_losses in others:
        summaries = [one.merge(other) for one, other in zip(summaries, more, strict=True)]
        losses = losses.merge(more_losses)
    return summaries, losses


def _encoded(
    piece: pd.DataFrame,
    start: int,
    loss: str,
    weights: str | None,
    codings: list[Coding],
    shift: float,
    seed: int,
) -> tuple[Half, Half]:
    numbers, w = _numbers(piece, loss, weights)
    columns = {coding.name: piece[coding.name] for coding in codings}
    return halved(columns, codings, numbers, w, shift, draws(start, len(piece), seed))


def _numbers(piece: pd.DataFrame, loss: str, weights: str | None) -> tuple[np.ndarray, np.ndarray | None]:
    return checked(
        piece[loss].to_numpy(dtype=float, na_value=np.nan),
        None if weights is None else piece[weights].to_numpy(dtype=float, na_value=np.nan),
        len(piece),
    )


def _count(part: tuple[Half, Half], plan: Plan) -> Counts:
    return part[0].count(plan)


def _tell(part: tuple[Half, Half], conjunctions: list[Conjunction], discovery: bool) -> Told:
    return part[not discovery].tell(conjunctions)


def _merged(results: list[Any]) -> Any:
    first, *others = results
    for other in others:
        first = first.merge(other)
    return first
