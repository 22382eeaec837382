"""`%nbdebug` in a notebook."""

from __future__ import annotations

import argparse
import ast
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, NoReturn

from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_magic, magics_class

from nbdebug.errors import NbdebugError
from nbdebug.lab.chooser import choose
from nbdebug.lab.debug import debug
from nbdebug.lab.host import host
from nbdebug.lab.words import split, unquoted

_EXPRESSIONS = ("metadata", "validation", "sample_weight", "outputs", "classes", "channels")
_USAGE = "%nbdebug MODEL X [Y] [--metadata FRAME] [--name NAME] [--time-step 1min], %nbdebug show, %nbdebug close"


@magics_class
class NbdebugMagics(Magics):  # type: ignore[misc]
    """The line magic; what it is given are names or expressions of the notebook."""

    @line_magic  # type: ignore[untyped-decorator]
    def nbdebug(self, line: str) -> None:
        """Look into a model: `%nbdebug model x y --metadata meta`.

        Without arguments it offers the models and arrays of the notebook. `%nbdebug show` and `%nbdebug close` show and
        close the latest session, or the one that is named. Everything else is an argument of `nbdebug.debug`.
        """
        words = split(line)
        try:
            if not words:
                choose(self.shell.user_ns)
            elif words[0] == "show":
                host.show(_named(words[1:]))
            elif words[0] == "close":
                _named(words[1:]).close()
            else:
                debug(**arguments(words, self.shell.user_ns))
        except NbdebugError as error:
            raise UsageError(str(error)) from None


def arguments(words: list[str], namespace: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `nbdebug.debug` that the words of a line stand for.

    Raises:
        UsageError: a word is unknown, or an expression cannot be evaluated; one sentence, shown without a traceback.
    """
    given = vars(_parser().parse_args(words))
    found = {
        name: _value(given[name], namespace) for name in ("model", "x", "y", *_EXPRESSIONS) if given[name] is not None
    }
    name = given["name"] or (given["model"] if given["model"].isidentifier() else None)
    found |= {"name": name and unquoted(name), "time_step": _time_step(given["time_step"])}
    return found | {"batch_size": given["batch_size"], "missing": given["missing"]}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}. Usage: {_USAGE}")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="%nbdebug", add_help=False, allow_abbrev=False)
    parser.add_argument("model")
    parser.add_argument("x")
    parser.add_argument("y", nargs="?")
    for name in _EXPRESSIONS:
        parser.add_argument(f"--{name.replace('_', '-')}")
    parser.add_argument("--time-step")
    parser.add_argument("--name")
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--missing", type=float)
    return parser


def _value(expression: str, namespace: Mapping[str, Any]) -> Any:
    try:
        return _unpacked(eval(expression, dict(namespace)), expression)
    except NameError as error:
        name = error.name or expression
        near = get_close_matches(name, [known for known in namespace if not known.startswith("_")], n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise UsageError(f"There is no {name} in this notebook.{hint}") from None
    except Exception as error:
        raise UsageError(f"{expression} raised {type(error).__name__}: {error}") from None


def _unpacked(value: Any, expression: str) -> Any:
    """A dict, list or tuple that was put into quotes to hold a line together; names in quotes stay names."""
    in_quotes = isinstance(value, str) and expression[:1] in "'\"" and value.strip()[:1] in tuple("{[(")
    try:
        return ast.literal_eval(value.strip()) if in_quotes else value
    except (ValueError, SyntaxError):
        return value


def _time_step(text: str | None) -> str | float | None:
    if text is None:
        return None
    try:
        return float(text)
    except ValueError:
        return unquoted(text)


def _named(words: list[str]) -> Any:
    sessions = host.sessions
    if not sessions:
        raise UsageError("No session is open. Open one with %nbdebug MODEL X Y.")
    name = unquoted(" ".join(words)) if words else next(reversed(sessions))
    if name not in sessions:
        raise UsageError(f"No session is called {name!r}. Open: {', '.join(map(repr, sessions))}.")
    return sessions[name]
