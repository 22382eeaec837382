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
from nbdebug.lab.checking import check_arrays, check_session
from nbdebug.lab.chooser import choose
from nbdebug.lab.debug import debug
from nbdebug.lab.host import host
from nbdebug.lab.progress_line import ProgressLine
from nbdebug.lab.watch import watch
from nbdebug.lab.words import split, unquoted
from nbdebug.records.report import Report

_EXPRESSIONS = ("metadata", "validation", "sample_weight", "outputs", "classes", "channels")
_USAGE = (
    "%nbdebug MODEL X [Y] [--metadata FRAME] [--name NAME] [--time-step 1min], %nbdebug show, %nbdebug close, "
    "%nbdebug check, %nbdebug watch"
)
_CHECK = "%nbdebug check [SESSION | MODEL X [Y]] [--validation PAIR] [--epochs N] [--batch-size N]"


@magics_class
class NbdebugMagics(Magics):  # type: ignore[misc]
    """The line magic; what it is given are names or expressions of the notebook."""

    @line_magic  # type: ignore[untyped-decorator]
    def nbdebug(self, line: str) -> None:
        """Look into a model: `%nbdebug model x y --metadata meta`.

        Without arguments it offers the models and arrays of the notebook. `%nbdebug show` and `%nbdebug close` show and
        close the latest session, or the one that is named. Everything else is an argument of `nbdebug.debug`.

        `%nbdebug check model x y` says what is wrong with a model and its data, `%nbdebug check` with the latest
        session, or the one that is named. `%nbdebug watch` has every later `fit` looked at before it begins and watched
        while it trains; `%nbdebug watch off` ends that.
        """
        words = split(line)
        try:
            if not words:
                choose(self.shell.user_ns)
            elif words[0] == "show":
                host.show(_named(words[1:]))
            elif words[0] == "close":
                _named(words[1:]).close()
            elif words[0] == "check":
                _check(words[1:], self.shell.user_ns)
            elif words[0] == "watch":
                print(_watched(words[1:]))
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


def _check(words: list[str], namespace: Mapping[str, Any]) -> None:
    """Show the report that the words behind `check` ask for."""
    with ProgressLine() as line:
        line.give_way(str(_checked(words, namespace, line)))


def _checked(words: list[str], namespace: Mapping[str, Any], line: ProgressLine) -> Report:
    parser = _Parser(prog="%nbdebug check", usage=_CHECK, add_help=False, allow_abbrev=False)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--validation")
    parser.add_argument("--epochs", type=_count)
    parser.add_argument("--batch-size", type=_count)
    given = vars(parser.parse_args(words))
    names = given["names"]
    fit = {name: given[name] for name in ("epochs", "batch_size") if given[name] is not None}
    if len(names) < 2:
        if given["validation"] is not None:
            raise UsageError("A session has its own validation data; --validation goes with a model, x and y.")
        return check_session(unquoted(names[0]) if names else None, fit, line)
    if len(names) > 3:
        raise UsageError(f"Unrecognized arguments: {' '.join(names[3:])}. Usage: {_CHECK}")
    model, x, y = (_value(name, namespace) for name in (*names, "None")[:3])
    validation = None if given["validation"] is None else _value(given["validation"], namespace)
    return check_arrays(model, x, y, validation, fit, line)


def _watched(words: list[str]) -> str:
    """Turn the watch on or off; says what follows."""
    if words not in ([], ["on"], ["off"]):
        raise UsageError(f"%nbdebug watch takes nothing, or off; got: {' '.join(words)}")
    if words == ["off"]:
        was_on = watch.is_on
        watch.off()
        return "Fits are no longer watched." if was_on else "No fit was watched."
    watch.on()
    return "Every fit from now on is looked at before it begins, and watched. %nbdebug watch off ends that."


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}. Usage: {self.usage or _USAGE}")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1")
    return number


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
