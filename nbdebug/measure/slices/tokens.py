"""A query as words: names, numbers, texts and signs, and nothing else."""

import ast
import re
from dataclasses import dataclass
from typing import Literal

from nbdebug.errors import NbdebugError

Kind = Literal["name", "number", "text", "word", "sign", "end"]
WORDS = frozenset(("and", "or", "not", "in", "is", "missing", "True", "False", "None"))
ALLOWED = (
    "names of columns (in backticks where they hold spaces), numbers, texts, True, False, missing, "
    "== != < <= > >=, in (..., ...), not in, is missing, and, or, not, brackets: "
    'device == "gen1" and age > 60'
)
LONGEST = 10_000

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<quoted>`[^`]*`)
      | (?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.]))
      | (?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<sign>==|!=|<=|>=|<|>|\(|\)|\[|\]|,|&|\||~)
      | (?P<bare>[^\W\d]\w*)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Token:
    """One word of a query; `value` is what it stands for, `at` where it begins."""

    kind: Kind
    value: str | float | int
    at: int


def refused(query: str, got: str) -> NbdebugError:
    """The error for what no query may hold, with what it may."""
    return NbdebugError("A query may compare columns and nothing else.", got=f"{got} in {query!r}", fix=ALLOWED)


def tokens_of(query: str) -> list[Token]:
    """The words of a query, closed by one of kind "end".

    Raises:
        NbdebugError: it holds anything that is no word of the language, or is longer than 10,000 characters.
    """
    if len(query) > LONGEST:
        raise refused(query[:40] + "...", f"{len(query):,} characters")
    found, at, end = [], 0, len(query.rstrip())
    while at < end:
        match = _TOKEN.match(query, at)
        if match is None:
            raise refused(query, repr(query[at:].strip()[:12]))
        found.append(_token(match, query))
        at = match.end()
    return [*found, Token("end", "", end)]


def _token(match: re.Match[str], query: str) -> Token:
    kind, said, at = str(match.lastgroup), match[match.lastgroup or 0], match.start(match.lastgroup or 0)
    if kind == "quoted":
        return Token("name", said[1:-1], at)
    if kind == "bare":
        return Token("word" if said in WORDS else "name", said, at)
    if kind == "number":
        return Token("number", int(said) if re.fullmatch(r"[-+]?\d+", said) else float(said), at)
    if kind == "text":
        try:
            return Token("text", ast.literal_eval(said), at)
        except (SyntaxError, ValueError) as error:
            raise refused(query, said) from error
    return Token("sign", {"&": "and", "|": "or", "~": "not", "[": "(", "]": ")"}.get(said, said), at)
