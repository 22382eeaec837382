"""The process that starts a script, waits for it, and says how it ended."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbdebug.cli.running.limit import GRACE
from nbdebug.cli.running.notes import read_notes
from nbdebug.records.report import SCHEMA

NEVER = (
    "The script never called fit, so there was nothing to look at.\n"
    "Got: no call of fit or train_on_batch\n"
    "Try: print(nbdebug.check(model, x, y)) where the script has its model and data"
)
LOOP = (
    "The script never called fit, so its training was not watched.\n"
    "Got: an optimizer that is applied in a loop of the script's own, as with tf.GradientTape\n"
    "Try: model.compile(optimizer, loss) and print(nbdebug.check(model, x, y)) at the end of the script"
)


def run_script(script: Path, words: Sequence[str], limit: float | None, grace: float = GRACE) -> dict[str, Any]:
    """Run a script in a process of its own.

    Args:
        script: the file.
        words: its arguments.
        limit: seconds after which it is ended, None for no limit.
        grace: seconds that it then has to come to the end of its step.

    Returns:
        the report, as design.md has it.
    """
    with tempfile.TemporaryDirectory(prefix="nbdebug-") as folder:
        notes = Path(folder) / "notes"
        given = json.dumps({"script": str(script), "words": list(words), "limit": limit, "notes": str(notes)})
        child = subprocess.Popen([sys.executable, "-m", "nbdebug.cli.running.child", given])
        before = signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        try:
            cut = _wait(child, None if limit is None else limit + grace)
        finally:
            signal.signal(signal.SIGTERM, before)
        return report_of(str(script), read_notes(notes), child.returncode, cut)


def report_of(script: str, notes: Sequence[dict[str, Any]], status: int, cut: bool) -> dict[str, Any]:
    """The report that notes and the end of a process amount to.

    Args:
        notes: in the order in which they were made.
        status: exit status of the process, negative for a signal.
        cut: whether it had to be ended from outside, past its limit.
    """
    fits = {note["number"]: note["fit"] for note in notes if note["kind"] == "fit"}
    ends = [note for note in notes if note["kind"] == "end"]
    outcome, error = (ends[-1]["outcome"], ends[-1]["error"]) if ends else _without_end(status)
    if cut and not ends:
        outcome, error = "limit", None
    report = {"schema": SCHEMA, "script": script, "outcome": outcome, "error": error}
    report |= {"fits": [fits[number] for number in sorted(fits)]}
    applied = any(note["kind"] == "applied" for note in notes)
    return report | ({} if fits else {"note": LOOP if applied else NEVER})


def exit_status(report: dict[str, Any]) -> int:
    """0 no errors found, 1 errors found, 3 the script failed, 4 stopped at the limit."""
    if report["outcome"] != "ok":
        return {"raised": 3, "limit": 4}[report["outcome"]]
    return int(any(f["severity"] == "error" for fit in report["fits"] for f in fit["findings"]))


def _wait(child: subprocess.Popen[bytes], seconds: float | None) -> bool:
    """Wait for the end of a process; whether it had to be ended."""
    while True:
        try:
            child.wait(seconds)
            return False
        except KeyboardInterrupt:  # the terminal has told the script too
            seconds = GRACE if seconds is None else min(seconds, GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            return True


def _without_end(status: int) -> tuple[str, dict[str, Any] | None]:
    """A process that ended without Python's own end: os._exit, a crash, or a signal."""
    if status == 0:
        return "ok", None
    if status > 0:
        said = f"The process ended with status {status}, past Python's own end, as by os._exit."
        return "raised", {"type": "Exit", "message": str(status), "explanation": said, "cause": None}
    name = signal.Signals(-status).name
    said = f"The process was ended by {name}."
    if name == "SIGKILL":
        said += " The system does that when memory runs out: try a smaller batch_size or less data at once."
    return "raised", {"type": name, "message": said, "explanation": said, "cause": None}
