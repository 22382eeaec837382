"""What a gradient says, in sentences."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from nbdebug.records import Sensitivity
from nbdebug.records.time_axis import TimeAxis
from nbdebug.render.figure import number
from nbdebug.render.gradient_lines import Feet

SHARE = 0.9


def title(found: Sensitivity, axis: TimeAxis) -> str:
    """What is drawn: "|d logit of apnea[t 2048] / d input[t]|"."""
    if found.at_span is None:
        return f"|d {found.of} / d {found.input}[t]|"
    first, end = found.at_span[0], found.at_span[1]
    assert isinstance(first, int)
    assert isinstance(end, int)
    at = axis.text(first) if end - first == 1 else f"{axis.text(first)} to {axis.text(end - 1)}"
    return f"|d {found.of}[{at}] / d {found.input}[t]|"


def reach_words(found: Sensitivity, axis: TimeAxis) -> str:
    """How far the gradient reaches: "90 % of the gradient lies within 14 of 4,096 times (14 min)"."""
    n = found.values.shape[0]
    reach = found.reach(SHARE)
    if isinstance(reach, int):
        return f"{SHARE * 100:.0f} % of the gradient lies within {reach:,} of {n:,} times{_lasting(reach, axis)}."
    if not np.any(found.values):
        return "The gradient is exactly zero at every time: nothing of the input reaches it."
    held = fewest(found.values.reshape(n, -1).sum(axis=1), SHARE)
    return f"{found.of} has no time of its own. {SHARE * 100:.0f} % of its gradient lies on {held:,} of {n:,} times."


def fewest(values: Float[np.ndarray, "time"], share: float) -> int:
    """How few times hold `share` of the whole."""
    falling = np.sort(values)[::-1].cumsum()
    return int(np.searchsorted(falling, share * falling[-1] * (1 - 1e-12))) + 1


def feet_words(marks: Feet, silent: Sequence[str]) -> str:
    """What cannot stand on a log axis, and channels without any gradient."""
    n = len(marks.zero)
    if marks.zero.all():
        return ""
    parts = [
        f"{text} at {int(where.sum()):,} of {n:,} times"
        for text, where in (
            ("exactly zero", marks.zero),
            ("too small for the model's number type", marks.underflow),
            ("masked", marks.masked),
        )
        if where.any()
    ]
    words = ", ".join(parts)
    if silent:
        words += ("; " if words else "") + f"no gradient at all from {', '.join(silent)}"
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def examples_words(examples: Sequence[int], n: int) -> str:
    """Whose gradient it is: one example's, a sample's, or everybody's."""
    if len(examples) == 1:
        return f"example {examples[0]}"
    if len(examples) == n:
        return f"mean over all {n:,} examples"
    return f"mean over {len(examples):,} of {n:,} examples, a sample"


def extent_words(values: Float[np.ndarray, "*axes"]) -> str:
    """The range of the gradient where it is drawn as a picture or a table."""
    return f"from {number(float(values.min()), 3)} to {number(float(values.max()), 3)}" if values.size else "no values"


def _lasting(times: int, axis: TimeAxis) -> str:
    return f" ({number(axis.value(times))} {axis.unit})" if axis.unit else ""
