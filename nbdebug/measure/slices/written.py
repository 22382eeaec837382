"""A part of a query written out again."""

from typing import assert_never

from nbdebug.measure.slices.syntax import (
    Among,
    Column,
    Comparison,
    Joined,
    Known,
    Not,
    Part,
    Value,
    list_text,
    name_text,
    value_text,
)  # fmt: skip


def written(part: Part) -> str:
    """The text of a part, which reads back as the same."""
    if isinstance(part, Column):
        return name_text(part.name)
    if isinstance(part, Comparison):
        return f"{_operand(part.left)} {part.sign} {_operand(part.right)}"
    if isinstance(part, Among):
        return f"{name_text(part.column.name)} in {_values(part)}"
    if isinstance(part, Known):
        return f"{name_text(part.column.name)} is not missing"
    if isinstance(part, Not):
        if isinstance(part.part, Known):
            return f"{name_text(part.part.column.name)} is missing"
        return f"not ({written(part.part)})"
    if isinstance(part, Joined):
        return f" {part.by} ".join(
            f"({written(each)})" if isinstance(each, Joined) else written(each) for each in part.parts
        )
    assert_never(part)


def _operand(operand: Column | Value) -> str:
    return name_text(operand.name) if isinstance(operand, Column) else _value(operand)


def _values(part: Among) -> str:
    if Value(None) not in part.values:
        return list_text(value.value for value in part.values)
    return "(" + ", ".join(map(_value, part.values)) + ")"


def _value(value: Value) -> str:
    return "missing" if value.value is None else value_text(value.value)
