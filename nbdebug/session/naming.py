"""Slices that are defined by name, query or set, and compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from nbdebug.measure.choices import pick_output
from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.measure.slices.by_column import slices_by
from nbdebug.measure.slices.carried import lost, same_arrays
from nbdebug.measure.slices.define import define, together
from nbdebug.records import Output
from nbdebug.records.slice import Slice
from nbdebug.session.predicting import Predicting


class Naming(Predicting):
    """Slices that are defined and compared.

    Attributes:
        compared: names and queries of the slices that the Slices panel holds side by side.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.compared: tuple[str, ...] = ()
        self._dropped: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What was noticed about the data and while computing, in sentences."""
        return (*super().notes, *self._dropped)

    @property
    def slices(self) -> tuple[str, ...]:
        """Names of the slices that were defined, each of which `select(slice=)` and `where=` take."""
        return self._named.names

    def carry_on(self, old: Naming) -> None:
        """Take over what was found, named and compared in a session that this one replaces.

        A slice that means nothing on these data is dropped, which `notes` says.
        """
        self.book.carry_on(old.book)
        sets = any(isinstance(old._named.meant(name), np.ndarray) for name in old.slices)
        same_x = sets and same_arrays(old._open_data.x, self._open_data.x)
        kinds = {output.kind for output in self.outputs}
        own = {"label", "prediction", "loss"} | ({"residual"} if "regression" in kinds else set())
        own |= {"outcome"} if kinds - {"regression"} else set()

        def why(where: Any) -> str:
            return lost(where, self.metadata, own, self.n_examples, same_x)

        dropped = self._named.take_over(old._named, why)
        self._dropped = tuple(f"The slice {name!r} from before is dropped: {of}." for name, of in dropped.items())
        kept = [name for name in old.compared if name in self.slices or (name not in dropped and not why(name))]
        self.compared = tuple(kept)

    def define_slice(
        self,
        where: Any,
        name: str | None = None,
        *,
        output: str | None = None,
        metric: str = "loss",
        threshold: float = THRESHOLD,
        note: str = "",
    ) -> Slice:
        """A slice against all other examples; from now on `select(slice=)` and `where=` take its name.

        Args:
            where: a query over the metadata, label, prediction, loss, outcome or residual, such as
                'device == "gen1" and age > 60'; or a boolean array; or the name of a slice.
            name: what to call it; the query by default.
            output: name of the output that it is measured by.
            metric: "loss", "accuracy", "AUROC" or "MAE".
            threshold: the share from which on a binary output predicts 1.
            note: what has to be said with it, such as where the boolean array comes from.

        Raises:
            NbdebugError: a query that cannot be told, a mask of another length, or a metric that the output has not.
        """
        chosen = pick_output(output, self.outputs)
        found = self._measured(where, chosen, metric, threshold, name, note)
        self._named.keep(found.name, self._named.meant(where), note or self._named.note(where))
        return found

    def compare_slices(
        self,
        slices: Sequence[Any],
        *,
        output: str | None = None,
        metric: str = "loss",
        threshold: float = THRESHOLD,
    ) -> tuple[Slice, ...]:
        """Several slices, each against all examples outside of it; p is corrected over them.

        Args:
            slices: each a name, a query or a boolean array.
            output, metric, threshold: as for `define_slice`.

        Raises:
            NbdebugError: a query that cannot be told, a mask of another length, or a metric that the output has not.
        """
        chosen = pick_output(output, self.outputs)
        return together([self._measured(where, chosen, metric, threshold) for where in slices])

    def slices_by(
        self, column: str, *, output: str | None = None, metric: str = "loss", threshold: float = THRESHOLD
    ) -> tuple[Slice, ...]:
        """A slice for each value of a column, or each bin where they are many; p is corrected over them.

        Args:
            column: of the metadata, or label, prediction, loss, outcome, residual.
            output, metric, threshold: as for `define_slice`.

        Raises:
            NbdebugError: an unknown column, or one whose values cannot be told apart.
        """
        chosen = pick_output(output, self.outputs)
        table, weights = self._judged(chosen, threshold), self._open_data.sample_weight
        return slices_by(column, table, self.metadata, metric, weights)[0]

    def slice_rows(self, where: Any, output: str | None = None, *, threshold: float = THRESHOLD) -> np.ndarray | None:
        """Which examples a slice holds, (example,); None for None.

        Args:
            where: its name, a query, or one true or false an example.
            output: name of the output, for a query over label, prediction or loss.
            threshold: the share from which on a binary output predicts 1, for a query over outcome.

        Raises:
            NbdebugError: it is neither the name of a slice, nor a query, nor one true or false an example.
        """
        chosen = pick_output(output, self.outputs)
        return self._named.rows(where, self._judged(chosen, threshold), self.metadata)

    def _measured(
        self, where: Any, output: Output, metric: str, threshold: float, name: str | None = None, note: str = ""
    ) -> Slice:
        name, note = name or (where if isinstance(where, str) else None), note or self._named.note(where)
        table, weights = self._judged(output, threshold), self._open_data.sample_weight
        return define(self._named.meant(where), table, self.metadata, metric, weights, name, note)
