"""What the other half of the examples says of the slices found on the first."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, UInt8

from nbdebug.measure.slices.differences import Difference, corrected, of_means, of_shares
from nbdebug.measure.slices.search import Conjunction
from nbdebug.measure.slices.sums import Sums
from nbdebug.records.slice import ALPHA

_BLOCK = 32_768


def wider(conjunction: Conjunction) -> list[Conjunction]:
    """All conjunctions of fewer of its conditions, the most conditions first."""
    sizes = range(len(conjunction) - 1, 0, -1)
    return [few for size in sizes for few in itertools.combinations(conjunction, size)]


@dataclass
class Told:
    """An accumulator of the sums over some conjunctions; the empty one holds every example."""

    conjunctions: tuple[Conjunction, ...]
    totals: Float[np.ndarray, "conjunction sum"]

    @classmethod
    def of(cls, conjunctions: list[Conjunction]) -> Told:
        """For these conjunctions, all wider ones, and the empty one."""
        every = {(), *conjunctions, *itertools.chain.from_iterable(map(wider, conjunctions))}
        return cls(tuple(sorted(every)), np.zeros((len(every), 5)))

    def update(
        self,
        codes: UInt8[np.ndarray, "column example"],
        x: Float[np.ndarray, "example"],
        weights: Float[np.ndarray, "example"] | None = None,
    ) -> None:
        """Take in some examples."""
        w = np.ones(len(x)) if weights is None else weights
        summed = np.column_stack([np.ones(len(x)), w, w**2, w * x, w * x * x])
        self.totals[0] += summed.sum(axis=0)
        for start in range(0, len(x), _BLOCK):
            at = slice(start, start + _BLOCK)
            self._narrow(codes[:, at], summed[at])

    def _narrow(self, codes: np.ndarray, summed: np.ndarray) -> None:
        within: dict[Conjunction, np.ndarray] = {(): np.arange(len(summed))}
        for place, conjunction in enumerate(self.conjunctions[1:], 1):  # sorted: what it extends comes before it
            column, code = conjunction[-1]
            wide = within[conjunction[:-1]]
            narrow = within[conjunction] = wide[codes[column, wide] == code]
            self.totals[place] += summed[narrow].sum(axis=0)

    def merge(self, other: Told) -> Told:
        """Take in what another accumulator of the same conjunctions has seen."""
        self.totals += other.totals
        return self

    def sums(self, conjunctions: list[Conjunction]) -> Sums:
        """The sums of each."""
        places = {conjunction: at for at, conjunction in enumerate(self.conjunctions)}
        n, *rest = self.totals[[places[each] for each in conjunctions]].T
        return Sums(n.astype(np.int64), *rest)


@dataclass(frozen=True)
class Confirmed:
    """A slice that says more than what is wider, with what the confirmation half says of it.

    Args:
        conditions: of it.
        parent: the strongest wider slice that is shown too; () if none.
        inside, outside: sums.
        difference: its row of `Difference`.
        corrected_p: over all that were taken to confirmation.
        strength: the smallest test statistic against all others and against what is left of each wider slice.
        raised_by: the strongest narrower slice that is shown too and without whose examples this one is not
            significantly worse than all others; () if none.
        same: conditions of others that hold the very same examples, and so are not shown.
    """

    conditions: Conjunction
    parent: Conjunction
    inside: Sums
    outside: Sums
    difference: Difference
    corrected_p: float
    strength: float
    raised_by: Conjunction = ()
    same: tuple[Conjunction, ...] = ()

    @property
    def significant(self) -> bool:
        """Whether it holds that the slice is worse."""
        return bool(self.corrected_p < ALPHA and self.strength > 0)


def confirmed(candidates: list[Conjunction], told: Told, shift: float, shares: bool) -> list[Confirmed]:
    """What is left of the candidates, strongest first.

    A slice that has conditions more than another candidate is left out unless its difference against the rest of that
    one is significant too.

    Args:
        candidates: from the discovery half.
        told: sums over the confirmation half.
        shift: what was taken from each loss.
        shares: whether losses are 0 and 1 only.
    """
    if not candidates:
        return []
    inside = told.sums(candidates)
    outside = told.sums([()] * len(candidates)) - inside

    def against(a: Sums, b: Sums) -> Difference:
        return of_shares(a, b, shift) if shares else of_means(a, b)

    difference = against(inside, outside)
    p = corrected(difference.p)
    strength = np.nan_to_num(difference.statistic, nan=-np.inf)
    shown = np.ones(len(candidates), dtype=bool)
    for at, candidate in enumerate(candidates):
        few = wider(candidate)
        if not few:
            continue
        beyond = against(inside[[at] * len(few)], told.sums(few) - inside[[at] * len(few)])
        strength[at] = min(strength[at], *np.nan_to_num(beyond.statistic, nan=-np.inf))
        among = [place for place, each in enumerate(few) if each in candidates]
        shown[at] = all(beyond.statistic[place] > 0 and beyond.p[place] < ALPHA for place in among)
    order = [at for at in np.argsort(-strength, kind="stable") if shown[at]]
    kept = [candidates[at] for at in order]
    place = {candidate: at for at, candidate in enumerate(candidates)}

    def raised_by(at: int) -> Conjunction:
        for child in (each for each in kept if candidates[at] in wider(each)):
            rest = inside[[at]] - inside[[place[child]]]
            beyond = against(rest, outside[[at]])
            if not (beyond.statistic[0] > 0 and beyond.p[0] < ALPHA):
                return child
        return ()

    return [
        Confirmed(
            candidates[at],
            next((each for each in kept if each in wider(candidates[at])), ()),
            inside[at],
            outside[at],
            Difference(*(np.asarray(values[at]) for values in vars(difference).values())),
            float(p[at]),
            float(strength[at]),
            raised_by(at),
        )
        for at in order
    ]
