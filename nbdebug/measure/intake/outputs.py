"""Model heads -> the outputs a user picks, under the names the user gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from nbdebug.errors import NbdebugError, unknown_name
from nbdebug.measure.intake.heads import Reading, layout
from nbdebug.measure.losses import inferred_loss_name
from nbdebug.records.head import Head
from nbdebug.records.ports import Output


def names_by_head(outputs: Any, heads: Sequence[Head]) -> dict[str, tuple[str, ...]]:
    """The names the user gave, by head; heads the user did not name are absent.

    Args:
        outputs: None; one name; a list of names, one a head or one a column in order; or a dict head -> name or names.

    Raises:
        NbdebugError: an unknown head, or a count that fits neither heads nor columns.
    """
    if outputs is None:
        return {}
    if isinstance(outputs, Mapping):
        by_name = {h.name: h for h in heads}
        for name in outputs:
            if name not in by_name:
                raise unknown_name("head", name, by_name)
        return {name: _texts(given) for name, given in outputs.items()}
    texts = _texts(outputs)
    if len(texts) == len(heads):
        return {head.name: (text,) for head, text in zip(heads, texts, strict=True)}
    columns = [layout(h).columns for h in heads]
    if len(texts) != sum(columns):
        raise NbdebugError(
            "outputs does not hold one name for each output.",
            got=f"{len(texts)} names",
            fix=f"{len(heads)} names (one a head), or {sum(columns)} (one a column)",
        )
    left = iter(texts)
    return {head.name: tuple(next(left) for _ in range(n)) for head, n in zip(heads, columns, strict=True)}


def make_outputs(
    heads: Sequence[Head], readings: Mapping[str, Reading], names: Mapping[str, Sequence[str]], classes: Any
) -> tuple[Output, ...]:
    """One output a head whose columns are classes, one a column for every other head.

    Args:
        heads: of the model.
        readings: head name -> how it is read.
        names: head name -> names the user gave.
        classes: None; class labels of the only output that has classes; or a dict output name -> class labels.

    Raises:
        NbdebugError: names or class labels do not fit, or two outputs would be called the same.
    """
    made: list[Output] = []
    for head in heads:
        made.extend(_outputs_of(head, readings[head.name], tuple(names.get(head.name, ()))))
    called = [o.name for o in made]
    if len(set(called)) < len(called):
        twice = next(n for n in called if called.count(n) > 1)
        raise NbdebugError("Two outputs have the same name.", got=repr(twice), fix="outputs=[...] with distinct names")
    sizes = {o.name: _n_classes(o, heads) for o in made if o.kind != "regression"}
    given = _classes_by_output(classes, sizes, called)
    return tuple(_with_classes(o, given.get(o.name), sizes.get(o.name, 0)) for o in made)


def _outputs_of(head: Head, reading: Reading, names: tuple[str, ...]) -> list[Output]:
    columns = layout(head).columns
    whole = columns == 1 or reading.columns_are_classes
    expected = 1 if whole else columns
    if whole:
        called = names[:1] or (head.name,)
    elif len(names) == 1:
        called = tuple(f"{names[0]}[{c}]" for c in range(columns))
    else:
        called = names or tuple(f"{head.name}[{c}]" for c in range(columns))
    if len(called) != expected or (whole and len(names) > 1):
        raise NbdebugError(
            f"outputs does not name each column of {head.name}.", got=f"{len(names)} names", fix=f"{expected} names"
        )
    return [_output(head, reading, name, None if whole else c) for c, name in enumerate(called)]


def _output(head: Head, reading: Reading, name: str, column: int | None) -> Output:
    if reading.columns_are_classes and reading.kind == "binary":
        column = 1
    return Output(
        name=name,
        head=head.name,
        column=column,
        kind=reading.kind,
        per_time=head.time_axis is not None,
        classes=(),
        activation=head.activation or "linear",
        loss=head.loss or inferred_loss_name(reading.kind, reading.logits),
        loss_inferred=head.loss is None,
    )


def _n_classes(output: Output, heads: Sequence[Head]) -> int:
    return 2 if output.kind == "binary" else layout(next(h for h in heads if h.name == output.head)).columns


def _classes_by_output(classes: Any, sizes: Mapping[str, int], outputs: Sequence[str]) -> dict[str, tuple[str, ...]]:
    if classes is None:
        return {}
    if isinstance(classes, Mapping):
        for name in classes:
            if name not in outputs:
                raise unknown_name("output", name, outputs)
        given = {name: _texts(c) for name, c in classes.items()}
    else:
        texts = _texts(classes)
        fitting = [name for name, size in sizes.items() if size == len(texts)]
        given = dict.fromkeys(fitting or sizes, texts)
    for name, texts in given.items():
        if name not in sizes or len(texts) != sizes[name]:
            raise NbdebugError(
                f"classes does not name each class of {name}.",
                got=f"{len(texts)} names",
                fix=f"{sizes[name]} names" if name in sizes else f"leave {name} out: it is a regression",
            )
    return given


def _with_classes(output: Output, given: tuple[str, ...] | None, size: int) -> Output:
    return replace(output, classes=given or tuple(str(c) for c in range(size)))


def _texts(given: Any) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(str(g) for g in given)
