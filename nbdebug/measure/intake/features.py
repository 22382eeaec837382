"""What of x would spoil numbers later: nothing at all, other lengths, NaN and Inf."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from nbdebug.errors import NbdebugError

_CHUNK_VALUES = 1 << 22


def check_lengths(x: Mapping[str, np.ndarray]) -> int:
    """How many examples x holds.

    Raises:
        NbdebugError: none, or not the same count in each input.
    """
    lengths = {name: len(values) for name, values in x.items()}
    if len(set(lengths.values())) > 1:
        raise NbdebugError(
            "The inputs do not hold the same number of examples.",
            got=", ".join(f"{name}: {n:,}" for name, n in lengths.items()),
            fix="the first axis of each input counts examples: make them equally long",
        )
    if any(values.size == 0 for values in x.values()):
        empty = next(name for name, values in x.items() if values.size == 0)
        raise NbdebugError(
            "x is empty.", got=f"{empty} of shape {x[empty].shape}", fix="hand over at least one example"
        )
    return next(iter(lengths.values()))


def describe_not_finite(name: str, values: np.ndarray, channels: tuple[str, ...] = ()) -> str:
    """Where one input is NaN or infinite, in a sentence; "" where it is not.

    Args:
        name: of the input.
        values: (example, ...).
        channels: names of the last axis.
    """
    if values.dtype.kind != "f":
        return ""
    n_nan = n_inf = n_examples = 0
    first: tuple[int, ...] | None = None
    for start, part in _chunks(values):
        if _surely_finite(part):
            continue
        bad = ~np.isfinite(part)
        nan = int(np.isnan(part).sum())
        n_nan, n_inf = n_nan + nan, n_inf + int(bad.sum()) - nan
        n_examples += int(bad.reshape(len(bad), -1).any(axis=1).sum())
        if first is None and bad.any():
            first = tuple(int(i) for i in np.argwhere(bad)[0])
            first = (first[0] + start, *first[1:])
    if first is None:
        return ""
    counts = " and ".join(f"{n:,} {kind}" for n, kind in ((n_nan, "NaN"), (n_inf, "Inf")) if n)
    of = f"{n_examples:,} of {len(values):,} examples"
    return f"{name} holds {counts} in {of}, first at {_place(first, values.ndim, channels)}."


def _chunks(values: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    step = max(1, _CHUNK_VALUES // max(1, values[0].size))
    for start in range(0, len(values), step):
        yield start, values[start : start + step]


def _surely_finite(part: np.ndarray) -> bool:
    # one sum instead of one test a value: NaN and Inf survive addition, an overflow is looked at closely afterwards
    with np.errstate(over="ignore", invalid="ignore"):
        return bool(np.isfinite(part.sum()))


def _place(at: tuple[int, ...], ndim: int, channels: tuple[str, ...]) -> str:
    words = {
        1: ("example",),
        2: ("example", "channel"),
        3: ("example", "time", "channel"),
        4: ("example", "row", "column", "channel"),
    }.get(ndim, ("example", *(f"axis {i}" for i in range(1, ndim))))
    named = [f"{word} {i}" for word, i in zip(words, at, strict=True)]
    if words[-1] == "channel" and at[-1] < len(channels):
        named[-1] = f"channel {channels[at[-1]]!r}"
    return ", ".join(named)
