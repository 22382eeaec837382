"""Data in partitions, judged by the model of a session where they lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import uuid4

import pandas as pd

from nbdebug.adapters.in_parts import stopping, worker
from nbdebug.adapters.in_parts.pieces import pieces_of
from nbdebug.adapters.keras.travel import Packed, pack
from nbdebug.measure.baseline.held import no_metadata
from nbdebug.measure.choices import pick_output
from nbdebug.measure.intake.heads import Reading
from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.measure.passes import Passes, current_client, require_dask
from nbdebug.measure.slices.asked import Asked
from nbdebug.measure.slices.dask_frame import find_in_dask
from nbdebug.measure.slices.find import picked
from nbdebug.measure.slices.numbers import number_of
from nbdebug.records.ports import Output
from nbdebug.records.progress import Progress

_NUMBERS = "number that slices are searched by", "weight of the example"
_PASSES = 8
"""Of a search for slices, beside one for each depth."""


class Parts:
    """Examples in partitions; each worker holds one model, and the examples stay where they are.

    It runs on the dask client that is current, or in threads of this process where there is none; none is started.
    Outputs and labels are read as in the session, so a partition that holds one class only is judged like the others.

    Args:
        held: the model of the session, which goes when the session is closed.
        outputs, readings: what is predicted, and how heads are read.
        like: output name -> the session's own example table.
        x, y, metadata, sample_weight: see `Session.in_parts`.
        missing: the class number that stands for "no label".

    Raises:
        NbdebugError: dask is not installed, or something is not in partitions, or cut otherwise than x.
    """

    def __init__(
        self,
        held: worker.Held,
        outputs: Sequence[Output],
        readings: Mapping[str, Reading],
        like: dict[str, pd.DataFrame],
        x: Any,
        y: Any = None,
        metadata: Any = None,
        sample_weight: Any = None,
        missing: float | None = None,
    ) -> None:
        require_dask()
        self._outputs, self._readings, self._missing = tuple(outputs), dict(readings), missing
        self._like = {name: _like(table) for name, table in like.items()}
        self._pieces = pieces_of(x, y, metadata, sample_weight)
        self._metadata, self._weighted = metadata, sample_weight is not None
        self._token, self._fingerprint = uuid4().hex, held.probe.fingerprint()
        self._batch_size = held.probe.batch_size
        worker.at_home(self._token, held)
        self._packed = _sent(held)

    def predictions(
        self, output: str | None = None, *, threshold: float = THRESHOLD, progress: Progress | None = None
    ) -> Any:
        """As `Session.predictions`, as a `dask.dataframe`: computed when asked for, where the partitions lie.

        Args:
            output: name of the output.
            threshold: the share from which on a binary output predicts 1.
            progress: called after each partition: with it they are computed now, and kept where they lie. An interrupt
                ends that within a batch.

        Raises:
            NbdebugError: unknown output; when it is computed: labels that cannot be used, or other weights than now.
        """
        import dask.dataframe as dd

        chosen, asked = pick_output(output, self._outputs), uuid4().hex
        tables = self._judged(chosen, threshold, asked)
        if progress is not None:
            tables = Passes(progress, stop=partial(_stop, asked)).keep(tables)
        return dd.from_delayed(tables, meta=self._like[chosen.name], verify_meta=False)

    def find_slices(
        self,
        columns: Sequence[str] | None = None,
        depth: int = 2,
        metric: str = "loss",
        *,
        output: str | None = None,
        threshold: float = THRESHOLD,
        progress: Progress | None = None,
        **asked: Any,
    ) -> pd.DataFrame:
        """As `Session.find_slices`: the same slices and counts, sums equal to 1e-9 relative.

        Args:
            columns: of the metadata; None for all.
            depth: the most conditions of a slice, 1 to 4.
            metric: "loss", "accuracy" or "MAE".
            output: name of the output.
            threshold: the share from which on a binary output predicts 1.
            progress: called after each partition of each pass; how many passes there are is an estimate. An interrupt
                ends the work within a batch.
            **asked: min_support, n, bins, top, seed, alpha; see `nbdebug.measure.slices.asked.Asked`.

        Raises:
            NbdebugError: no metadata, an unknown column, or an option that cannot be used.
        """
        chosen = pick_output(output, self._outputs)
        if self._metadata is None or not len(self._metadata.columns):
            raise no_metadata()
        empty = self._metadata.head(0)
        names, deep = list(picked(empty, columns).columns), Asked(depth=depth, **asked).depth
        work, (number, weight) = uuid4().hex, _NUMBERS
        # Each pass is over all examples, and the model is to see them once.
        passes = Passes(progress, _PASSES + deep, partial(_stop, work))
        frame = self._numbered(self._judged(chosen, threshold, work), metric, empty, passes)
        return find_in_dask(frame, number, weight if self._weighted else None, names, passes, depth=depth, **asked)

    def _numbered(self, tables: list[Any], metric: str, empty: pd.DataFrame, passes: Passes) -> Any:
        """The metadata with what slices are searched by beside it, kept where it lies."""
        import dask
        import dask.dataframe as dd

        beside = dask.delayed(
            partial(worker.number_column, names=_NUMBERS, number_of=partial(number_of, metric=metric))
        )
        frames = [
            beside(table, piece.parts["metadata"], piece.parts.get("sample_weight"))
            for table, piece in zip(tables, self._pieces, strict=True)
        ]
        number, weight = _NUMBERS
        kinds = {number: float} | ({weight: float} if self._weighted else {})
        like = empty.assign(**{name: pd.Series(dtype=kind) for name, kind in kinds.items()})
        return dd.from_delayed(passes.keep(frames), meta=like, verify_meta=False)

    def _judged(self, output: Output, threshold: float, asked: str) -> list[Any]:
        import dask

        question = worker.Question(
            asked,
            self._token,
            self._fingerprint,
            self._outputs,
            self._readings,
            output,
            threshold,
            self._missing,
            self._batch_size,
        )
        judge = dask.delayed(partial(worker.judged, question=question, like=self._like[output.name]))
        return [judge(dict(piece.parts), piece.number, piece.start, packed=self._packed) for piece in self._pieces]


def _like(table: pd.DataFrame) -> pd.DataFrame:
    """Without a row; whole numbers as floats, since a partition may miss labels."""
    empty = table.iloc[:0].reset_index(drop=True)
    return empty.astype({name: float for name in ("label", "prediction") if empty[name].dtype.kind in "iu"})


def _sent(held: worker.Held) -> Any:
    """The model on every worker of the current client, None where all work is done in this process."""
    client = current_client()
    if client is None:
        return None
    packed: Packed = pack(held.probe.model)
    return client.scatter(packed, broadcast=True)


def _stop(asked: str) -> None:
    """End what is asked in every process, and wait for what runs in this one."""
    client = current_client()
    if client is not None:
        client.run(stopping.stop, asked)
    stopping.stop(asked)
    stopping.wait(asked)
