"""What one layer of a network is, without the network."""

from __future__ import annotations

from dataclasses import dataclass

from nbdebug.records.grid import Grid


@dataclass(frozen=True)
class Layer:
    """One call of one layer, as every view names it.

    Args:
        name: unique within the session: the layer's own name; its path where two layers share a name;
            with `@2`, `@3` ... for the later calls of a shared layer.
        path: names of the enclosing models and the layer, joined by "/".
        type: class name, such as "Conv1D".
        activation: name of the activation function, None where the layer has none.
        output_shape: shape of the output with None for the example axis; None without a single array.
        n_parameters: count of the layer's own weights, nested layers included.
        trainable: False for a frozen layer.
        time_axis: axis of the output that is time (0 is the example axis), None without one.
        time_grid: where the positions stand on the times of the input, None without a time axis.
        unit_axis: axis of the output that counts units, None where there is none.
        reason: why the layer cannot be shown, or has no time axis; "" where there is nothing to explain.
    """

    name: str
    path: str
    type: str
    activation: str | None
    output_shape: tuple[int | None, ...] | None
    n_parameters: int
    trainable: bool
    time_axis: int | None
    time_grid: Grid | None
    unit_axis: int | None
    reason: str = ""

    @property
    def time_span(self) -> int | None:
        """Input times that one position covers (1 unless pooled or strided), None without a time axis."""
        return None if self.time_grid is None else self.time_grid.span

    @property
    def n_units(self) -> int | None:
        """How many units the layer has, None where it has no unit axis."""
        if self.output_shape is None or self.unit_axis is None:
            return None
        return self.output_shape[self.unit_axis]

    @property
    def n_positions(self) -> int | None:
        """How many positions the layer has along time, None without a time axis."""
        if self.output_shape is None or self.time_axis is None:
            return None
        return self.output_shape[self.time_axis]
