"""Encoded examples, wherever they are: what a search asks of them."""

from typing import Protocol, runtime_checkable

from nbdebug.measure.slices.coding import Coding
from nbdebug.measure.slices.confirm import Told
from nbdebug.measure.slices.counts import Counts, Plan
from nbdebug.measure.slices.losses import Losses
from nbdebug.measure.slices.search import Conjunction


@runtime_checkable
class Examples(Protocol):
    """In one array, or in many parts."""

    @property
    def codings(self) -> list[Coding]:
        """Of the columns that are used."""

    @property
    def notes(self) -> list[str]:
        """What was left out."""

    @property
    def losses(self) -> Losses:
        """Of all examples."""

    def count(self, plan: Plan) -> Counts:
        """The sums that a plan asks for, over the discovery half."""

    def tell(self, conjunctions: list[Conjunction], discovery: bool) -> Told:
        """The sums over some conjunctions and all wider ones, in one half."""
