"""A callback that waits for a monitored number to improve, and what it does when that does not come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Deed = Literal["stop", "reduce"]


@dataclass(frozen=True)
class Waiting:
    """One callback.

    Args:
        deed: "stop" ends training, "reduce" lowers the learning rate.
        monitor: name of the number, such as "val_loss".
        mode: "min" where lower is better, "max" where higher is, "auto" where Keras tells it from the name.
        patience: epochs without improvement that it lets pass.
        least: by how much the number has to change to count as improved.
        factor: that the learning rate is multiplied by, 1 where it stays.
        cooldown: epochs after a reduction that do not count.
        lowest: learning rate that it does not go below.
    """

    deed: Deed
    monitor: str
    mode: str = "auto"
    patience: int = 0
    least: float = 0.0
    factor: float = 1.0
    cooldown: int = 0
    lowest: float = 0.0
