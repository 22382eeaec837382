"""What goes into a network and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

InputKind = Literal["sequence", "tokens", "image", "tabular", "other"]
OutputKind = Literal["binary", "multiclass", "regression"]


@dataclass(frozen=True)
class Input:
    """One input of the network.

    Args:
        name: as the model names it.
        kind: how it is to be shown; "sequence" is (example, time, channel), "tokens" is (example, time) of integers,
            "image" is (example, row, column, channel), "tabular" is (example, feature).
        shape: shape of one example of the data at hand, channels last.
        channels: names of the last axis.
        channels_first: True where the model takes its channels before time, rows and columns.
        lacks_channel: True where the model takes pictures without an axis for their one channel.
    """

    name: str
    kind: InputKind
    shape: tuple[int, ...]
    channels: tuple[str, ...]
    channels_first: bool = False
    lacks_channel: bool = False

    def channels_last(self, values: np.ndarray) -> np.ndarray:
        """A view of (..., *one example as the model takes it) with the channels last, as everything shows them."""
        if self.lacks_channel:
            return values[..., np.newaxis]
        return np.moveaxis(values, values.ndim - len(self.shape), -1) if self.channels_first else values

    @property
    def n_times(self) -> int | None:
        """Length of the time axis, None for inputs without one."""
        return self.shape[0] if self.kind in ("sequence", "tokens") else None


@dataclass(frozen=True)
class Output:
    """One number (or one distribution over classes) that the network predicts for an example.

    Args:
        name: what the user picks.
        head: name of the model head it comes from.
        column: column of the head's last axis, None for the whole head (multi-class, or one column only).
        kind: "binary", "multiclass" or "regression".
        per_time: one prediction a time; example-level tables then average over time and say so.
        classes: class labels as text, in the head's order; empty for regression.
        activation: name of the head's last activation, "linear" where none is known.
        loss: name of the per-example loss.
        loss_inferred: True where the model is not compiled and the loss was inferred from head and labels.
    """

    name: str
    head: str
    column: int | None
    kind: OutputKind
    per_time: bool
    classes: tuple[str, ...]
    activation: str
    loss: str
    loss_inferred: bool
