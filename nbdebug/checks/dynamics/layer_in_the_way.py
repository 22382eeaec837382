"""A layer without weights that takes away what the labels follow from."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.dynamics._taught import taught
from nbdebug.checks.graph import NORMS, RESHAPING, SQUASHES, graph_of
from nbdebug.records.case import Case, Node
from nbdebug.records.finding import Cause
from nbdebug.records.mend import Mend

_PLAIN = (*NORMS, *RESHAPING, *SQUASHES, "Masking", "Rescaling", "Resizing", "Cropping1D", "Cropping2D", "Cropping3D")
_DROPPING = ("Dropout", "GaussianDropout", "AlphaDropout")


def judge(
    case: Case, *, learns: float = 0.6, mended: float = 0.3, gap: float = 0.3, falling: float = 0.05, patience: int = 4
) -> Iterator[Found]:
    """Layers that change numbers and not their shape, and learn nothing: random flips, crops and noise, dropout, code
    of the user's own. Copies that have one of them get rid of less than `learns` of the loss of examples that they do
    not train on, copies without it of at least `mended` and of `gap` more, and end lower in every seed; those
    that have learned a little do not get rid of `falling` more in their last third. Augmentation and dropout slow
    learning down and do not end it; so there are `patience` times the usual steps.
    """
    ends = {end.node for end in case.ends}
    suspects = [n for n in graph_of(case) if _changes_numbers_only(n) and n.name not in ends]
    mends = [(node, Mend(instead={node.name: "Identity"})) for node in suspects]
    found = taught(case, mends, learns=learns, mended=mended, gap=gap, falling=falling, patience=patience)
    if found is None:
        return
    node, tried = found
    yield Found(
        why=f"With {node.name} ({node.type}) copies of the network get rid of "
        f"{max(0.0, tried.learned):.0%} of the loss in {tried.steps} steps, without it of "
        f"{tried.learned_mended:.0%}: it takes away what the labels follow from.",
        fix=f"# leave {node.name} out, or make it milder",
        cause=_cause(node),
        layer=node.name,
        measured=tried.learned,
        threshold=learns,
        measured_in="share of the loss that training gets rid of",
        evidence={"curves": tried.curves()},
    )


def _changes_numbers_only(node: Node) -> bool:
    same = len(node.input_shapes) == 1 and node.input_shapes[0][1:] == node.output_shape[1:]
    return same and not node.n_parameters and node.direct and node.type not in _PLAIN and node.activation is None


def _cause(node: Node) -> Cause:
    if node.type.startswith("Random"):
        return "data"
    return "dropout" if node.type.startswith(("Spatial", *_DROPPING)) else "layers"


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="warning",
    source="Shorten and Khoshgoftaar 2019, A survey on image data augmentation: a safe one preserves the label; "
    "confirmed on copies of the network",
    rank=13,
    explains=("dynamics",),
    trains=True,
    program="own_mirrored_arrows",
)
