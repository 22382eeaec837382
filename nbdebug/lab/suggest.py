"""Which arrays fit which model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from nbdebug.lab.namespace import FoundData, FoundModel, Shape


@dataclass(frozen=True)
class Suggestion:
    """One model with arrays that fit it, by the names of their variables."""

    model: FoundModel
    x: FoundData
    y: FoundData | None
    metadata: FoundData | None

    @property
    def line(self) -> str:
        """What does the same when typed."""
        words = ["%nbdebug", self.model.name, self.x.name, *([self.y.name] if self.y else [])]
        return " ".join(words + (["--metadata", self.metadata.name] if self.metadata else []))


def suggest(models: Iterable[FoundModel], data: Sequence[FoundData], limit: int = 8) -> list[Suggestion]:
    """Fitting combinations, likeliest first: with labels, with names that belong together, with metadata."""
    found = [suggestion for model in models for suggestion in _of_model(model, data)]
    return sorted(found, key=_unlikeliness)[:limit]


def _of_model(model: FoundModel, data: Sequence[FoundData]) -> list[Suggestion]:
    made: list[Suggestion] = []
    for x in data:
        if fits_inputs(x, model):
            alike = [each for each in data if each is not x and each.n_examples == x.n_examples]
            labels: list[FoundData | None] = [y for y in alike if fits_outputs(y, model)]
            tables: list[FoundData | None] = [table for table in alike if table.kind == "table"]
            made += [Suggestion(model, x, y, table) for y, table in product(labels or [None], tables or [None])]
    return made


def fits_inputs(x: FoundData, model: FoundModel) -> bool:
    """Whether the model takes `x`; a model that does not tell its shapes takes nothing here."""
    return (
        x.kind in ("array", "arrays")
        and len(x.shapes) == len(model.inputs) > 0
        and all(map(_agree, x.shapes, model.inputs))
    )


def fits_outputs(y: FoundData, model: FoundModel) -> bool:
    """Whether `y` can be labels: in the shape of the outputs, as class numbers, or as a column an output."""
    if y.kind not in ("array", "arrays") or not model.outputs:
        return False
    if len(y.shapes) == len(model.outputs) and all(map(_is_label_of, y.shapes, model.outputs)):
        return True
    return len(y.shapes) == 1 < len(model.outputs) and y.shapes[0] == (len(model.outputs),)


def _is_label_of(label: Shape, output: Shape) -> bool:
    return _agree(label, output) or _agree(label, output[:-1]) or _agree(label, (*output[:-1], 1))


def _agree(one: Shape, other: Shape) -> bool:
    return len(one) == len(other) and all(a == b or a is None or b is None for a, b in zip(one, other, strict=True))


def _unlikeliness(suggestion: Suggestion) -> tuple[bool, int, bool]:
    x, y = suggestion.x.name, suggestion.y.name if suggestion.y else ""
    shared = _n_shared(x, y) + _n_shared(x[::-1], y[::-1])
    return (suggestion.y is None, -shared, suggestion.metadata is None)


def _n_shared(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
