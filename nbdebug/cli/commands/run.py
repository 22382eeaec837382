"""Run a training script with every fit looked at."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbdebug.cli.running.parent import exit_status, run_script
from nbdebug.cli.writing import require_writable, write_json
from nbdebug.errors import NbdebugError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.usage = "nbdebug run SCRIPT [ARGS ...] [--report FILE.json] [--limit SECONDS]"
    parser.epilog = (
        "What follows -- goes to the script. Exit status: 0 no errors found, 1 errors found, 3 the script failed, "
        "4 stopped at the limit."
    )
    parser.add_argument("script", type=Path, help="the training script; it need not be changed")
    parser.add_argument("--report", type=Path, metavar="FILE.json", help="where to write the report")
    parser.add_argument(
        "--limit", type=float, metavar="SECONDS", help="end the script at the first step past this time"
    )
    parser.add_argument("args", nargs=argparse.REMAINDER, help="arguments of the script")


def run(given: argparse.Namespace) -> int:
    words, report_path, limit = own_words(given.args, given.report, given.limit)
    require_script(given.script)
    if limit is not None and not (math.isfinite(limit) and limit > 0):
        raise NbdebugError(
            "The limit is not a time.", got=f"--limit {limit:g}", fix="seconds above 0, such as --limit 600"
        )
    if report_path is not None:
        require_writable(report_path)
    report = run_script(given.script, words, limit)
    if report_path is not None:
        write_json(report_path, report)
    print(f"nbdebug: {summary(report)}", file=sys.stderr)
    return exit_status(report)


def own_words(
    words: Sequence[str], report: Path | None, limit: float | None
) -> tuple[list[str], Path | None, float | None]:
    """Take --report and --limit out of what stands behind the script; the rest, and all behind --, is the script's.

    Raises:
        NbdebugError: one of them has no value, or one that it cannot take.
    """
    ahead, behind = (list(words), []) if "--" not in words else _parted(list(words))
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--report", type=Path, default=report)
    parser.add_argument("--limit", type=float, default=limit)
    try:
        own, rest = parser.parse_known_args(ahead)
    except (argparse.ArgumentError, SystemExit) as error:
        raise NbdebugError(
            "The command cannot be read.", got=str(error), fix="--report FILE.json --limit SECONDS"
        ) from None
    return [*rest, *behind], own.report, own.limit


def require_script(path: Path) -> None:
    """Complain about what is no script.

    Raises:
        NbdebugError: it does not exist, is a folder or a notebook, or cannot be read.
    """
    if path.suffix == ".ipynb":
        fix = f"jupyter nbconvert --to script {path}, or %nbdebug check in the notebook"
        raise NbdebugError("A notebook is not a script.", got=str(path), fix=fix)
    if not path.exists():
        raise NbdebugError("There is no such script.", got=str(path), fix=f"a path relative to {Path.cwd()}")
    if path.is_dir():
        raise NbdebugError("The script is a folder.", got=str(path), fix=f"a file in it, such as {path / 'train.py'}")
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise NbdebugError("The script cannot be read.", got=f"{path}: {error.strerror}", fix="chmod +r") from None


def summary(report: dict[str, Any]) -> str:
    """How the script ended and how much was found, in a line or two."""
    fits, error = report["fits"], report["error"]
    findings = [finding for fit in fits for finding in fit["findings"]]
    counts = [(n, sum(f["severity"] == n for f in findings)) for n in ("error", "warning", "note")]
    found = ", ".join(f"{n} {name}{'s' * (n > 1)}" for name, n in counts if n) or "no fault found"
    lines = [f"{len(fits)} fit{'s' * (len(fits) != 1)} watched, {found}." if fits else report["note"]]
    if report["outcome"] == "limit":
        lines.append("The script was stopped at its limit.")
    if error is not None:
        lines.append(f"The script failed: {error['explanation'] or error['type'] + ': ' + error['message']}")
    return "\n".join(lines)


def _parted(words: list[str]) -> tuple[list[str], list[str]]:
    at = words.index("--")
    return words[:at], words[at + 1 :]
