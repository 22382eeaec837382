"""One search from encoded examples to a frame of slices."""

import pandas as pd

from nbdebug.errors import NbdebugError
from nbdebug.measure.slices.asked import Asked
from nbdebug.measure.slices.confirm import confirmed
from nbdebug.measure.slices.examples import Examples
from nbdebug.measure.slices.found import framed
from nbdebug.measure.slices.losses import Losses
from nbdebug.measure.slices.same import folded
from nbdebug.measure.slices.scores import Score, SliceLine, Strength
from nbdebug.measure.slices.search import Candidate, Search
from nbdebug.measure.slices.sums import Sums


def searched(examples: Examples, asked: Asked) -> pd.DataFrame:
    """Search the discovery half, confirm on the other, and tell the result as a frame."""
    losses = examples.losses
    every = examples.tell([], True).sums([()])[0]
    candidates = candidates_of(examples, asked, every)
    conjunctions = [candidate.conditions for candidate in candidates]
    told = examples.tell(conjunctions, False)
    discovered = {(): every} | {candidate.conditions: candidate.sums for candidate in candidates}
    left = folded(confirmed(conjunctions, told, losses.shift, losses.binary), discovered, examples)
    found = framed(left, discovered, told, examples.codings, losses)
    n, m = int(every.n), int(told.sums([()]).n[0])
    notes = [*examples.notes, *_notes(losses)]
    found.attrs["note"] = "; ".join(notes)
    found.attrs["summary"] = (
        f"searched on {n:,} examples for slices of at least {asked.support(n, n + m):,}; {len(candidates):,} "
        f"{'was' if len(candidates) == 1 else 'were'} "
        f"taken to the other {m:,} examples, which all numbers of the loss come from"
    )
    return found


def candidates_of(examples: Examples, asked: Asked, every: Sums) -> list[Candidate]:
    """The strongest conjunctions of the discovery half."""
    losses = examples.losses
    if not every.n or not every.variance > 0:
        return []
    sizes = tuple(len(coding.texts) for coding in examples.codings)
    support = asked.support(int(every.n), losses.n)
    return Search(sizes, every, score_of(losses, asked, every), support, asked.depth, asked.n).run(examples.count)


def score_of(losses: Losses, asked: Asked, every: Sums) -> Score:
    """What slices are ranked by.

    Raises:
        NbdebugError: SliceLine's score was asked for with weights or negative losses.
    """
    largest = losses.largest - losses.shift
    if asked.alpha is None:
        return Strength(every, largest)
    if losses.weighted or losses.least < 0:
        raise NbdebugError(
            "SliceLine's score is for losses of 0 or more without weights.",
            got="weights" if losses.weighted else f"a loss of {losses.least:.3g}",
            fix="leave alpha out",
        )
    return SliceLine(every, largest, losses.shift, asked.alpha)


def _notes(losses: Losses) -> list[str]:
    notes = [f"{losses.left_out:,} examples without a finite loss are left out"] if losses.left_out else []
    if losses.n and losses.least == losses.largest:
        return [*notes, "every loss is the same, so there is nothing to find"]
    return [*notes, "each loss is 0 or 1: shares are compared"] if losses.n and losses.binary else notes
