"""Found slices as a frame."""

import numpy as np
import pandas as pd

from nbdebug.measure.slices.coding import Coding
from nbdebug.measure.slices.confirm import Confirmed, Told
from nbdebug.measure.slices.losses import Losses
from nbdebug.measure.slices.search import Conjunction
from nbdebug.measure.slices.sums import Sums

COLUMNS = [
    "slice", "n", "share", "loss_share", "inside", "outside", "difference", "low", "high", "effect", "p", "corrected_p",
    "significant", "parent", "raised_by", "same",
]  # fmt: skip


def framed(
    slices: list[Confirmed], discovered: dict[Conjunction, Sums], told: Told, codings: list[Coding], losses: Losses
) -> pd.DataFrame:
    """A row a slice, in their order; n and share over both halves, the rest of the confirmation half."""
    half, other = told.sums([()])[0], discovered[()]
    rows = []
    for each in slices:
        both = each.inside + discovered[each.conditions]
        summed = float(each.inside.wx + losses.shift * each.inside.w)
        total = float(half.wx + losses.shift * half.w)
        rows.append(
            (
                query_of(each.conditions, codings),
                int(both.n),
                float(both.w / (half.w + other.w)),
                summed / total if losses.least >= 0 and total > 0 else np.nan,
                float(each.inside.mean) + losses.shift,
                float(each.outside.mean) + losses.shift,
                *(float(getattr(each.difference, name)) for name in ("value", "low", "high", "effect", "p")),
                each.corrected_p,
                each.significant,
                query_of(each.parent, codings),
                query_of(each.raised_by, codings),
                tuple(query_of(other, codings) for other in each.same),
            )
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def query_of(conjunction: Conjunction, codings: list[Coding]) -> str:
    """The conditions joined as a query says them; "" for none."""
    return " and ".join(codings[column].texts[code] for column, code in conjunction)
