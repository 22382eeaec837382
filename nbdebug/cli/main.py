"""The command line: one file a subcommand, found by walking `nbdebug/cli/commands`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from pkgutil import iter_modules
from types import ModuleType

from nbdebug.cli import commands
from nbdebug.errors import NbdebugError


def main(words: Sequence[str] | None = None) -> int:
    """Run a subcommand; returns its exit status."""
    parser = argparse.ArgumentParser(prog="nbdebug", description="Debug deep neural networks from inside the notebook.")
    parser.add_argument("--version", action="version", version=version("nbdebug"))
    chosen = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, module in command_modules().items():
        summary = (module.__doc__ or "").splitlines()[0]
        sub = chosen.add_parser(name, help=summary, description=summary)
        module.add_arguments(sub)
        sub.set_defaults(run=module.run)
    given = parser.parse_args(words)
    try:
        return int(given.run(given))
    except NbdebugError as error:
        print(error, file=sys.stderr)
        return 2


def command_modules() -> dict[str, ModuleType]:
    """The subcommands by name; a module has `add_arguments(parser)` and `run(arguments) -> exit status`."""
    found = sorted(info.name for info in iter_modules(commands.__path__))
    return {name: import_module(f"{commands.__name__}.{name}") for name in found}
