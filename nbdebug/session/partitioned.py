"""What a session answers of data that lie in partitions."""

from __future__ import annotations

from typing import Any

from nbdebug.adapters.in_parts import Parts
from nbdebug.adapters.in_parts.worker import Held
from nbdebug.session.slicing import Slicing


class Partitioned(Slicing):
    """Predictions and slices over more data than one machine holds."""

    _held: Held | None = None

    def in_parts(self, x: Any, y: Any = None, *, metadata: Any = None, sample_weight: Any = None) -> Parts:
        """The same questions of a data set in partitions, answered where these lie, with one model a worker.

        Outputs, classes and labels are read as in this session, which holds a part of the data that fits in memory. It
        runs on the dask client that is current, or in threads of this process where there is none.

            parts = session.in_parts(x, y, metadata=frame)  # dask arrays and a dask frame
            parts.predictions()  # a dask frame
            parts.find_slices(depth=2)

        Args:
            x: dask array, or a list or dict of them, cut along the examples.
            y: dask array or frame, or a list or dict of them.
            metadata: dask frame, a partition for each chunk of x.
            sample_weight: dask array, (example,).

        Raises:
            NbdebugError: dask is not installed, or something is not in partitions, or cut otherwise than x.
        """
        like = {output.name: self.predictions(output.name) for output in self.outputs}
        if self._held is None:
            self._held = Held(self._probe, self._snapshot)
        return Parts(self._held, self.outputs, self._readings, like, x, y, metadata, sample_weight, self._missing)
