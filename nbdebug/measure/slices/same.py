"""Slices that hold the very same examples, told by other conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nbdebug.measure.slices.confirm import Confirmed
from nbdebug.measure.slices.examples import Examples
from nbdebug.measure.slices.search import Conjunction
from nbdebug.measure.slices.sums import Sums


def folded(slices: list[Confirmed], discovered: Mapping[Conjunction, Sums], examples: Examples) -> list[Confirmed]:
    """Each set of examples once: the first slice that holds it, with the conditions of the others as `same`.

    Two slices are the same where both together hold as many examples as each alone, in both halves.

    Args:
        slices: of `confirmed`.
        discovered: the sums of each over the discovery half.
        examples: where they are counted.
    """
    sizes = {each.conditions: (int(discovered[each.conditions].n), int(each.inside.n)) for each in slices}
    pairs = [
        (first, second)
        for place, second in enumerate(sizes)
        for first in list(sizes)[:place]
        if sizes[first] == sizes[second] and joined(first, second)
    ]
    if not pairs:
        return slices
    unions = [joined(*pair) for pair in pairs]
    counts = zip(*(examples.tell(unions, half).sums(unions).n.tolist() for half in (True, False)), strict=True)
    stands_for: dict[Conjunction, Conjunction] = {}
    for (first, second), n in zip(pairs, counts, strict=True):
        if n == sizes[first]:
            stands_for.setdefault(second, stands_for.get(first, first))
    kept = []
    for each in slices:
        if each.conditions not in stands_for:
            same = tuple(other for other, first in stands_for.items() if first == each.conditions)
            parent, raised_by = (stands_for.get(of, of) for of in (each.parent, each.raised_by))
            kept.append(replace(each, parent=parent, raised_by=raised_by, same=same))
    return kept


def joined(first: Conjunction, second: Conjunction) -> Conjunction:
    """The conditions of both; () where they contradict each other."""
    codes = dict(first) | dict(second)
    both = {*first, *second}
    return tuple(sorted(both)) if len(codes) == len(both) else ()
