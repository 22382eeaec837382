from __future__ import annotations

import pytest

from nbdebug.lab.words import split, unquoted


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", []),
        ("model x y", ["model", "x", "y"]),
        ("model x[: 100] (y, 1)", ["model", "x[: 100]", "(y, 1)"]),
        ("model data['a b'] --name 'two words'", ["model", "data['a b']", "--name", "'two words'"]),
        ("m f(x, {'a': [1, 2]})", ["m", "f(x, {'a': [1, 2]})"]),
        ('m "a)" b', ["m", '"a)"', "b"]),
        ("  model   x  ", ["model", "x"]),
    ],
)
def test_split(line: str, words: list[str]) -> None:
    assert split(line) == words


@pytest.mark.parametrize(("word", "bare"), [("'a b'", "a b"), ('"a"', "a"), ("a", "a"), ("'", "'"), ("'a\"", "'a\"")])
def test_unquoted(word: str, bare: str) -> None:
    assert unquoted(word) == bare
