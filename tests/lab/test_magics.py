"""The line magic: names and expressions in, short sentences out."""

from __future__ import annotations

from typing import Any

import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

from nbdebug.lab.host import Host
from nbdebug.lab.magics import NbdebugMagics, arguments
from nbdebug.lab.words import split

NAMESPACE = {"model": "the model", "x": [1, 2, 3], "y": [0, 1, 0], "meta": {"age": [1]}}


def parsed(line: str) -> dict[str, Any]:
    return arguments(split(line), NAMESPACE)


def test_names_and_expressions() -> None:
    found = parsed("model x[: 2] y --metadata meta --time-step 1min --batch-size 8 --classes ('a','b')")
    assert found["model"] == "the model"
    assert found["x"] == [1, 2]
    assert found["metadata"] is NAMESPACE["meta"]
    assert (found["time_step"], found["batch_size"], found["classes"]) == ("1min", 8, ("a", "b"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("\"{'series': ['hr', 'steps']}\"", {"series": ["hr", "steps"]}),
        ('\'["hr", "steps"]\'', ["hr", "steps"]),
        ("\"('hr', 'steps')\"", ("hr", "steps")),
        ("{'series':['hr','steps']}", {"series": ["hr", "steps"]}),
        ("'hr'", "hr"),
        ("'[hr'", "[hr"),
        ("'[model]'", "[model]"),
        ("'[].__class__'", "[].__class__"),
        ("braced", "{'a': 1}"),
    ],
)
def test_a_literal_in_quotes_is_what_it_spells(text: str, value: object) -> None:
    found = arguments(split(f"model x --channels {text}"), {**NAMESPACE, "braced": "{'a': 1}"})
    assert found["channels"] == value


def test_the_variable_names_the_session_so_that_a_model_made_anew_replaces_the_old() -> None:
    assert parsed("model x")["name"] == "model"
    assert parsed("model x --name 'two words'")["name"] == "two words"
    assert parsed("list(x) x")["name"] is None


@pytest.mark.parametrize(("text", "step"), [("0.5", 0.5), ("'1 min'", "1 min"), ("1min", "1min")])
def test_time_step(text: str, step: object) -> None:
    assert parsed(f"model x --time-step {text}")["time_step"] == step


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("modle x", "There is no modle in this notebook. Did you mean model?"),
        ("model x[9]", "x[9] raised IndexError: list index out of range"),
        ("model", "The following arguments are required: x"),
        ("model x --metdata meta", "Unrecognized arguments: --metdata meta"),
        ("model x --batch-size many", "invalid int value: 'many'"),
        ("model x[", "raised SyntaxError"),
    ],
)
def test_what_is_wrong_is_one_sentence(line: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        parsed(line)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.fixture
def magics(host: Host) -> NbdebugMagics:  # noqa: ARG001
    shell = InteractiveShell.instance()
    shell.user_ns.update(NAMESPACE)
    return NbdebugMagics(shell)


def test_show_and_close(magics: NbdebugMagics, host: Host) -> None:
    magics.nbdebug("model x y --name 'first one'")
    magics.nbdebug("model x y")
    assert list(host.sessions) == ["first one", "model"]
    magics.nbdebug("show first one")
    assert host._the_root.title == "first one"
    magics.nbdebug("close first one")
    magics.nbdebug("close")
    assert host.sessions == {}
    with pytest.raises(UsageError, match="No session is open"):
        magics.nbdebug("show")


def test_an_unknown_session_is_answered_with_those_that_are_open(magics: NbdebugMagics) -> None:
    magics.nbdebug("model x")
    with pytest.raises(UsageError, match=r"No session is called 'other'\. Open: 'model'\."):
        magics.nbdebug("close other")


def test_without_words_the_chooser_comes(magics: NbdebugMagics, host: Host) -> None:
    magics.nbdebug("")
    assert host._the_root.title == "The list of models"


def test_bad_data_is_told_in_three_parts_without_a_traceback(magics: NbdebugMagics) -> None:
    with pytest.raises(UsageError, match=r"Got: .*\nTry: "):
        magics.nbdebug("model 1")
