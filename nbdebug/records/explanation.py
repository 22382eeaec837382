"""What an error that a framework raised means for the network at hand."""

from __future__ import annotations

from dataclasses import dataclass

from nbdebug.records.finding import Cause


@dataclass(frozen=True)
class Explanation:
    """An error in plain words.

    Args:
        cause: what has to be changed.
        why: which layer, which axis, and what was probably meant.
        fix: the mend, as code to paste where that is possible.
        layer: name of the layer it is about, None where it is about none.
    """

    cause: Cause
    why: str
    fix: str
    layer: str | None = None
