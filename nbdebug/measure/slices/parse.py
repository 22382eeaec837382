"""A query as a tree, by recursive descent: or, and, not, comparison."""

from __future__ import annotations

from nbdebug.errors import NbdebugError
from nbdebug.measure.slices.syntax import Among, Column, Comparison, Joined, Known, Not, Part, Value
from nbdebug.measure.slices.tokens import Token, refused, tokens_of

_SIGNS = ("==", "!=", "<", "<=", ">", ">=")
_CONSTANTS = {"True": True, "False": False, "None": None, "missing": None}
_DEEPEST = 50


def parse(query: str) -> Part:
    """The tree of a query.

    Raises:
        NbdebugError: it is no condition, with what a condition may hold.
    """
    reader = _Reader(query)
    part = reader.any_of()
    reader.expect("end", "")
    return part


def conditions_of(part: Part) -> tuple[Part, ...]:
    """The parts that are joined by "and" at the top."""
    return part.parts if isinstance(part, Joined) and part.by == "and" else (part,)


class _Reader:
    def __init__(self, query: str) -> None:
        self.query, self.tokens, self.at, self.depth = query, tokens_of(query), 0, 0

    @property
    def now(self) -> Token:
        return self.tokens[self.at]

    def takes(self, *values: str) -> bool:
        """Step over the next token if it is one of these."""
        fits = self.now.kind in ("word", "sign") and self.now.value in values
        self.at += fits
        return fits

    def expect(self, kind: str, value: str) -> None:
        if self.now.kind not in (kind, "word", "sign") or self.now.value != value:
            raise self.wrong()
        self.at += 1

    def wrong(self) -> NbdebugError:
        return refused(self.query, "an end too early" if self.now.kind == "end" else repr(self.now.value))

    def any_of(self) -> Part:
        return self.joined("or")

    def joined(self, by: str) -> Part:
        below = self.negation if by == "and" else lambda: self.joined("and")
        parts = [below()]
        while self.takes(by):
            parts.append(below())
        if len(parts) == 1:
            return parts[0]
        return Joined("and" if by == "and" else "or", tuple(parts))

    def negation(self) -> Part:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise refused(self.query[:40] + "...", f"more than {_DEEPEST} brackets within each other")
        part = Not(self.negation()) if self.takes("not") else self.condition()
        self.depth -= 1
        return part

    def condition(self) -> Part:
        if self.takes("("):
            part = self.any_of()
            self.expect("sign", ")")
            return part
        left = self.operand()
        if self.takes("is"):
            negated = self.takes("not")
            if not self.takes("missing", "None"):
                raise self.wrong()
            known = Known(self.column(left))
            return known if negated else Not(known)
        if self.takes("in"):
            return Among(self.column(left), self.values())
        if self.takes("not"):
            self.expect("word", "in")
            column = self.column(left)
            return Joined("and", (Known(column), Not(Among(column, self.values()))))
        return self.comparison(left)

    def comparison(self, left: Column | Value) -> Part:
        parts: list[Part] = []
        while self.now.kind == "sign" and self.now.value in _SIGNS:
            sign = _SIGNS[_SIGNS.index(str(self.now.value))]
            self.at += 1
            right = self.operand()
            parts.append(self.compared(sign, left, right))
            left = right
        if not parts:
            return self.column(left)
        return parts[0] if len(parts) == 1 else Joined("and", tuple(parts))

    def compared(self, sign: str, left: Column | Value, right: Column | Value) -> Part:
        if Value(None) not in (left, right):
            return Comparison(sign, left, right)  # type: ignore[arg-type]
        known = Known(self.column(left if right == Value(None) else right))
        if sign not in ("==", "!="):
            raise refused(self.query, f"missing with {sign}")
        return known if sign == "!=" else Not(known)

    def column(self, operand: Column | Value) -> Column:
        if isinstance(operand, Column):
            return operand
        raise refused(self.query, f"{operand.value!r} where a column is asked for,")

    def operand(self) -> Column | Value:
        token = self.now
        if token.kind == "name":
            self.at += 1
            return Column(str(token.value))
        if token.kind in ("number", "text"):
            self.at += 1
            return Value(token.value)
        if token.kind == "word" and token.value in _CONSTANTS:
            self.at += 1
            return Value(_CONSTANTS[str(token.value)])
        raise self.wrong()

    def values(self) -> tuple[Value, ...]:
        self.expect("sign", "(")
        found: list[Value] = []
        while not self.takes(")"):
            operand = self.operand()
            if isinstance(operand, Column):
                raise refused(self.query, f"the name {operand.name!r} in a list of values")
            found.append(operand)
            if not self.takes(",") and not (self.now.kind == "sign" and self.now.value == ")"):
                raise self.wrong()
        return tuple(found)
