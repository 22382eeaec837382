"""Whether a mend is code that can be pasted."""

import ast
import inspect
from collections.abc import Iterator
from itertools import product

from nbdebug.checks.check import Check


def is_code(mend: str) -> bool:
    """Whether these are statements, or arguments of a call; what is said in words stands behind a #."""
    return _parses(mend) or _parses(f"f(\n{mend}\n)")


def written_mends(check: Check) -> Iterator[str]:
    """The mends that stand in the file of a check, with X for what is filled in."""
    tree = ast.parse(inspect.getsource(inspect.getmodule(check.judge)))
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "fix":
            yield from _texts(node.value)


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _texts(node: ast.AST) -> list[str]:
    """What an expression may come to, as far as it is written out."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=parts):
            return ["".join(each) for each in product(*(_texts(part) for part in parts))]
        case ast.BinOp(left=left, right=right):
            return [a + b for a, b in product(_texts(left), _texts(right))]
        case ast.IfExp(body=body, orelse=orelse):
            return _texts(body) + _texts(orelse)
        case ast.FormattedValue(value=ast.Call(func=ast.Name(id=name))) if name.endswith("_code"):
            return ["X  # X"]
    return ["X"]
