"""Splitting the line of a magic into words."""

from __future__ import annotations

_PAIRS = {"(": ")", "[": "]", "{": "}"}


def split(line: str) -> list[str]:
    """Split at spaces outside quotes and brackets, so that `x[: 100]` and `("a b", 1)` are one word each."""
    words, word, closers, quote = [], "", [], ""
    for char in line:
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in _PAIRS:
            closers.append(_PAIRS[char])
        elif closers and char == closers[-1]:
            closers.pop()
        if char.isspace() and not quote and not closers:
            words.append(word)
            word = ""
        else:
            word += char
    return [word for word in [*words, word] if word]


def unquoted(word: str) -> str:
    """`word` without the quotes around it, if there are any."""
    return word[1:-1] if len(word) > 1 and word[0] == word[-1] and word[0] in "\"'" else word
