"""Which units do their work, in one word each."""

from dataclasses import dataclass

import numpy as np

from nbdebug.records.statistics import UnitStatistics

SATURATED_SHARE = 0.9
"""A unit is called saturated when this share of its values lies within 1 % of a bound of its activation."""

RULES = {
    "not finite": "some value is NaN or infinite",
    "dead": "zero for every example and time",
    "constant": "spread below 1e-6 of the layer's largest magnitude",
    "saturated": f"at least {SATURATED_SHARE:.0%} of the values lie within 1 % of a bound of the activation",
    "healthy": "none of the others",
}
"""What each word means, worst first."""

STATES = tuple(RULES)


@dataclass(frozen=True)
class Health:
    """The health of the units of one layer.

    Args:
        layer: name of the layer.
        units: one of `STATES` a unit; the worst that holds.
        counts: state -> how many units.
        complete: False while examples still stream in.
    """

    layer: str
    units: tuple[str, ...]
    counts: dict[str, int]
    complete: bool

    @property
    def mark(self) -> str:
        """The worst state of any unit: what stands beside the layer's name."""
        return next(state for state in STATES if self.counts[state] or state == "healthy")

    @property
    def text(self) -> str:
        """In words: "12 of 128 units dead, 3 constant", or "128 units healthy"."""
        ill = [(state, self.counts[state]) for state in STATES[:-1] if self.counts[state]]
        if not ill:
            return f"{len(self.units)} unit{'s' * (len(self.units) != 1)} healthy"
        (state, n), *others = ill
        more = "".join(f", {count} {name}" for name, count in others)
        return f"{n} of {len(self.units)} units {state}{more}"

    @property
    def rule(self) -> str:
        """What `mark` means."""
        return f"{self.mark}: {RULES[self.mark]}"


def layer_health(statistics: UnitStatistics) -> Health:
    """The health of every unit of one layer."""
    holds = {
        "not finite": statistics.not_finite > 0,
        "dead": statistics.dead,
        "constant": statistics.constant,
        "saturated": statistics.saturated_share >= SATURATED_SHARE,
    }
    worst = np.select(list(holds.values()), list(holds), default="healthy")
    counts = {state: int((worst == state).sum()) for state in STATES}
    return Health(statistics.layer, tuple(worst.tolist()), counts, statistics.complete)
