"""Frozen layers whose weights are as they were drawn, where letting them learn helps."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.drawn import as_drawn
from nbdebug.checks.dynamics._taught import taught
from nbdebug.checks.graph import graph_of, named
from nbdebug.records.case import Case
from nbdebug.records.mend import Mend


def judge(
    case: Case, *, chance: float = 0.01, learns: float = 0.6, mended: float = 0.3, gap: float = 0.3, patience: int = 4
) -> Iterator[Found]:
    """Kernels of frozen layers that a Kolmogorov-Smirnov test does not tell, at a level of `chance`, from a draw by
    their own initialiser, with biases of 0. Copies get rid of less than `learns` of the loss, copies whose frozen
    layers learn of at least `mended` and of `gap` more, and end lower in every seed: features drawn at random on
    purpose are many, and do without. All get `patience` times the usual steps.
    """
    drawn = [node for node in graph_of(case) if not node.trainable and as_drawn(case, node, chance)]
    thawed = Mend(layers={node.name: {"trainable": True} for node in drawn})
    mends = [(drawn[0], thawed)] if drawn else []
    found = taught(case, mends, learns=learns, mended=mended, gap=gap, patience=patience, held_out=False)
    if found is None:
        return
    _, tried = found
    yield Found(
        why=f"{named(drawn)} {'are' if len(drawn) > 1 else 'is'} frozen with weights as they were drawn: no trained "
        f"ones have been loaded. Copies lose {max(0.0, tried.learned):.0%} of their loss in {tried.steps} steps, with "
        f"these layers learning {tried.learned_mended:.0%}.",
        fix=f"{drawn[0].name}.trainable = True  # or load the trained weights before freezing",
        layer=drawn[0].name,
        measured=tried.learned,
        threshold=learns,
        measured_in="share of the loss that training gets rid of",
        evidence={"curves": tried.curves(), "layers": [node.name for node in drawn]},
    )


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="warning",
    source="Keras guide: Transfer learning and fine-tuning; Yosinski et al. 2014, How transferable are features; "
    "confirmed on copies of the network",
    rank=11,
    explains=("dynamics",),
    trains=True,
    program="own_frozen_and_never_loaded",
)
