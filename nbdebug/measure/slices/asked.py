"""How a search for slices is asked for."""

from dataclasses import dataclass

import numpy as np

from nbdebug.errors import NbdebugError
from nbdebug.measure.slices.coding import MOST_CODES

DEEPEST = 4
FEWEST = 10
"""Examples of a slice in a half at least, whatever is asked for."""


@dataclass(frozen=True)
class Asked:
    """How to search.

    Args:
        depth: the most conditions of a slice, 1 to 4.
        min_support: the fewest examples of a slice: a share of all below 1, else a count.
        n: how many slices are taken to confirmation at most.
        bins: quantile bins of a column of numbers or times with more than `top` values.
        top: values of a column at most; the others are taken together.
        seed: of the halves.
        alpha: None to rank by strength; 0 to 1 to search by SliceLine's score with this weight of the loss.
    """

    depth: int = 2
    min_support: float = 0.005
    n: int = 20
    bins: int = 10
    top: int = 20
    seed: int = 0
    alpha: float | None = None

    def __post_init__(self) -> None:
        whole = {"depth": (1, DEEPEST), "bins": (2, MOST_CODES), "top": (1, MOST_CODES), "n": (1, 1000)}
        for name, (least, most) in whole.items():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | np.integer) or not least <= value <= most:
                raise NbdebugError(
                    f"{name} is out of range.", got=repr(value), fix=f"a whole number, {least} to {most}"
                )
        if not self.min_support > 0:
            raise NbdebugError("min_support is out of range.", got=repr(self.min_support), fix="a share or a count > 0")
        if self.alpha is not None and not 0 < self.alpha <= 1:
            raise NbdebugError("alpha is out of range.", got=repr(self.alpha), fix="None, or a number > 0 and <= 1")

    def support(self, n: int, n_examples: int) -> int:
        """The fewest examples in a part of `n` out of `n_examples`; never under ten."""
        share = self.min_support if self.min_support < 1 else self.min_support / max(n_examples, 1)
        return max(FEWEST, int(np.ceil(share * n)))
