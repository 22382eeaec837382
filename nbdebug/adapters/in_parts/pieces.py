"""dask collections -> pieces that lie beside each other, one a partition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from nbdebug.errors import NbdebugError


@dataclass(frozen=True)
class Piece:
    """One partition: what is needed to judge its examples, computed where it is judged.

    Args:
        number: which partition.
        start: position of its first example among all.
        parts: "x", "y", "metadata", "sample_weight" -> delayed value, or a dict or list of them.
    """

    number: int
    start: int
    parts: Mapping[str, Any]


def pieces_of(x: Any, y: Any, metadata: Any, sample_weight: Any) -> list[Piece]:
    """Cut everything along the first axis as the first of `x` is cut.

    Args:
        x: dask array, or a dict or list of them, (example, ...); chunk sizes are known.
        y: likewise, or a dask frame, or None.
        metadata: dask frame whose partitions hold the same examples as the chunks of x, or None.
        sample_weight: dask array (example,), or None.

    Raises:
        NbdebugError: something is no dask collection, or is cut otherwise.
    """
    cuts = _cuts(first_of(x))
    starts = np.concatenate([[0], np.cumsum(cuts)]).tolist()
    given = {"x": x, "y": y, "metadata": metadata, "sample_weight": sample_weight}
    cut = {name: _cut(name, value, cuts) for name, value in given.items() if value is not None}
    return [Piece(k, starts[k], {name: _at(value, k) for name, value in cut.items()}) for k in range(len(cuts))]


def first_of(x: Any) -> Any:
    """The only input, or the first of a dict or list."""
    return next(iter(x.values() if isinstance(x, Mapping) else x)) if isinstance(x, Mapping | list | tuple) else x


def _cuts(array: Any) -> tuple[int, ...]:
    if not hasattr(array, "chunks"):
        raise _no_collection("x", array)
    cuts = array.chunks[0]
    if any(np.isnan(n) for n in cuts):
        raise NbdebugError(
            "How many examples the chunks of x hold is not known.",
            got=f"{len(cuts)} chunks of unknown size",
            fix="x = x.compute_chunk_sizes()",
        )
    return tuple(int(n) for n in cuts)


def _cut(name: str, value: Any, cuts: tuple[int, ...]) -> Any:
    """The delayed pieces of one collection, or of each in a dict or list."""
    if isinstance(value, Mapping):
        return {key: _cut(f"{name}[{key!r}]", part, cuts) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_cut(f"{name}[{k}]", part, cuts) for k, part in enumerate(value)]
    if hasattr(value, "npartitions") and hasattr(value, "to_delayed") and not hasattr(value, "chunks"):
        return _Cut(_same_number(name, value.to_delayed(), cuts))
    if not hasattr(value, "chunks"):
        raise _no_collection(name, value)
    if sum(value.chunks[0]) != sum(cuts) and not np.isnan(sum(value.chunks[0])):
        raise _lengths(name, int(sum(value.chunks[0])), sum(cuts))
    if tuple(value.chunks[0]) != cuts and not np.isnan(sum(value.chunks[0])):
        value = value.rechunk({0: cuts})
    whole = value.rechunk(dict.fromkeys(range(1, value.ndim), -1)) if value.ndim > 1 else value
    return _Cut(_same_number(name, list(whole.to_delayed().reshape(-1)), cuts))


@dataclass(frozen=True)
class _Cut:
    delayed: list[Any]


def _at(cut: Any, k: int) -> Any:
    if isinstance(cut, _Cut):
        return cut.delayed[k]
    return {key: _at(part, k) for key, part in cut.items()} if isinstance(cut, dict) else [_at(p, k) for p in cut]


def _same_number(name: str, delayed: list[Any], cuts: tuple[int, ...]) -> list[Any]:
    if len(delayed) != len(cuts):
        raise NbdebugError(
            f"{name} is not cut as x is.",
            got=f"{len(delayed)} partitions for {len(cuts)} chunks of x",
            fix="partitions that hold the same examples, for example x = x.rechunk({0: lengths of the partitions})",
        )
    return delayed


def _lengths(name: str, n: int, n_examples: int) -> NbdebugError:
    return NbdebugError(
        f"x and {name} differ in length.",
        got=f"{n_examples:,} examples in x, {n:,} in {name}",
        fix="one an example, in the order of x",
    )


def _no_collection(name: str, value: Any) -> NbdebugError:
    return NbdebugError(
        f"{name} is not in partitions.",
        got=type(value).__name__,
        fix=f"a dask collection, for example dask.array.from_array({name.split('[')[0]}, chunks=10_000)",
    )
