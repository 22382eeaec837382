"""Data in partitions, judged by the model of a session where they lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import uuid4

import pandas as pd

from nbdebug.adapters.in_parts import worker
from nbdebug.adapters.in_parts.pieces import pieces_of
from nbdebug.adapters.keras.travel import Packed, pack
from nbdebug.measure.baseline.held import no_metadata
from nbdebug.measure.choices import pick_output
from nbdebug.measure.intake.heads import Reading
from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.measure.slices.dask_frame import find_in_dask, require_dask
from nbdebug.measure.slices.numbers import number_of
from nbdebug.records.ports import Output

_NUMBERS = "number that slices are searched by", "weight of the example"


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

    def predictions(self, output: str | None = None, *, threshold: float = THRESHOLD) -> Any:
        """As `Session.predictions`, as a `dask.dataframe`: computed when asked for, where the partitions lie.

        Args:
            output: name of the output.
            threshold: the share from which on a binary output predicts 1.

        Raises:
            NbdebugError: unknown output; when it is computed: labels that cannot be used, or other weights than now.
        """
        import dask.dataframe as dd

        chosen = pick_output(output, self._outputs)
        return dd.from_delayed(self._judged(chosen, threshold), meta=self._like[chosen.name], verify_meta=False)

    def find_slices(
        self,
        columns: Sequence[str] | None = None,
        depth: int = 2,
        metric: str = "loss",
        *,
        output: str | None = None,
        threshold: float = THRESHOLD,
        **asked: Any,
    ) -> pd.DataFrame:
        """As `Session.find_slices`: the same slices and counts, sums equal to 1e-9 relative.

        Args:
            columns: of the metadata; None for all.
            depth: the most conditions of a slice, 1 to 4.
            metric: "loss", "accuracy" or "MAE".
            output: name of the output.
            threshold: the share from which on a binary output predicts 1.
            **asked: min_support, n, bins, top, seed, alpha; see `nbdebug.measure.slices.asked.Asked`.

        Raises:
            NbdebugError: no metadata, an unknown column, or an option that cannot be used.
        """
        import dask
        import dask.dataframe as dd

        chosen = pick_output(output, self._outputs)
        metadata = self._metadata
        if metadata is None or not len(metadata.columns):
            raise no_metadata()
        beside = dask.delayed(
            partial(worker.number_column, names=_NUMBERS, number_of=partial(number_of, metric=metric))
        )
        tables = self._judged(chosen, threshold)
        frames = [
            beside(table, piece.parts["metadata"], piece.parts.get("sample_weight"))
            for table, piece in zip(tables, self._pieces, strict=True)
        ]
        number, weight = _NUMBERS
        kinds = {number: float} | ({weight: float} if self._weighted else {})
        empty = metadata.head(0).assign(**{name: pd.Series(dtype=kind) for name, kind in kinds.items()})
        # Three passes follow, and the model is to see the examples once.
        frame = dd.from_delayed(frames, meta=empty, verify_meta=False).persist()
        names = list(metadata.columns) if columns is None else [columns] if isinstance(columns, str) else list(columns)
        return find_in_dask(frame, number, weight if self._weighted else None, names, depth=depth, **asked)

    def _judged(self, output: Output, threshold: float) -> list[Any]:
        import dask

        question = worker.Question(
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
    client = _client()
    if client is None:
        return None
    packed: Packed = pack(held.probe.model)
    return client.scatter(packed, broadcast=True)


def _client() -> Any:
    try:
        from distributed import default_client

        return default_client()
    except (ImportError, ValueError):  # not installed, or none is current
        return None
