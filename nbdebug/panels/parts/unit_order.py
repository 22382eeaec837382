"""Which units are drawn, and in which order."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from jaxtyping import Float, Int, Num

from nbdebug.measure.health import STATES, Health
from nbdebug.measure.order import clustered_order

ORDERS = ("by index", "clustered", "by health")
ALL = "all units"
FILTERS = (ALL, *STATES)

_LISTED = 12

Order = Int[np.ndarray, "slot"]


class UnitOrder:
    """Remembers the clustered order of each layer, so that it stays while times and examples change."""

    def __init__(self) -> None:
        self._clustered: dict[tuple[str, str], Order] = {}

    def order(
        self,
        layer: str,
        fingerprint: str,
        values: Num[np.ndarray, "*axes unit"],
        health: Health | None,
        by: str,
        only: str,
    ) -> Order:
        """Unit numbers in the order drawn, without those that the filter `only` leaves out.

        Args:
            layer, fingerprint: whose order it is; one clustering for both.
            values: what is clustered, the first time.
            health: None while nothing is known of it: then nothing is left out and `by` health is by index.
            by: one of `ORDERS`.
            only: one of `FILTERS`.
        """
        n = values.shape[-1]
        states = None if health is None else np.resize(np.array(health.units), n)
        chosen = np.arange(n)
        if by == "clustered":
            chosen = self._cluster((layer, fingerprint), values)
        elif by == "by health" and states is not None:
            rank = {state: i for i, state in enumerate(STATES)}
            chosen = np.argsort([rank[str(state)] for state in states], kind="stable")
        return chosen if only == ALL or states is None else chosen[states[chosen] == only]

    def _cluster(self, key: tuple[str, str], values: Num[np.ndarray, "*axes unit"]) -> Order:
        found = self._clustered.get(key)
        if found is None or len(found) != values.shape[-1]:
            flat: Float[np.ndarray, "position unit"] = values.reshape(-1, values.shape[-1]).astype(np.float32)
            found = clustered_order(flat) if len(flat) > 1 else np.argsort(flat[0], kind="stable")
            self._clustered[key] = found
        return found


def listed(units: Sequence[int]) -> str:
    """Unit numbers in words, runs joined: "0 to 4, 7, 9 and 12 more"."""
    runs: list[tuple[int, int]] = []
    breaks = [i for i, (a, b) in enumerate(pairwise(units), 1) if b != a + 1]
    for start, end in pairwise([0, *breaks, len(units)] if units else []):
        runs.append((units[start], units[end - 1]))
    shown = runs[:_LISTED]
    texts = [str(a) if a == b else f"{a}, {b}" if b == a + 1 else f"{a} to {b}" for a, b in shown]
    left = sum(b - a + 1 for a, b in runs[_LISTED:])
    return ", ".join(texts) + (f" and {left} more" if left else "")


def health_words(health: Health) -> str:
    """Which units are ill, a line a state; or that all are healthy."""
    lines = []
    for state in STATES[:-1]:
        units = [unit for unit, held in enumerate(health.units) if held == state]
        if units:
            whole = (
                "all units" if len(units) == len(health.units) > 1 else f"unit{'s' * (len(units) > 1)} {listed(units)}"
            )
            lines.append(f"{len(units):,} of {len(health.units):,} {state}: {whole}")
    return "\n".join(lines) or health.text
