"""The process in which a script runs: `python -m nbdebug.cli.running.child JSON`."""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from nbdebug.adapters.after_import import after_import
from nbdebug.cli.running.limit import Limit, LimitReached
from nbdebug.cli.running.notes import Notes
from nbdebug.cli.running.script import execute

_OURS = str(Path(__file__).parents[2])


class Run:
    """A script, its notes and its limit."""

    def __init__(self, given: dict[str, Any]) -> None:
        self._script, self._words = Path(given["script"]), given["words"]
        self._notes = Notes(Path(given["notes"]))
        self._preflight: Any = None
        self._limit = Limit(given["limit"], lambda: self._preflight is not None and self._preflight.training)

    def __call__(self) -> None:
        """Run the script; leaves as the script would leave Python."""
        after_import("keras", self._watch)
        try:
            execute(self._script, self._words)
        except LimitReached:
            self._end("limit")
            raise SystemExit(4) from None
        except SystemExit as error:
            self._limit.lift()
            if error.code in (None, 0):
                self._end("ok")
            else:
                self._end("raised", type="SystemExit", message=str(error.code), **_exit(error))
            raise
        except BaseException as error:
            self._limit.lift()
            if not self._notes.ours:
                raise
            _show(error)
            self._end("raised", type=type(error).__name__, message=str(error), **self._explained(error))
            raise SystemExit(3) from None
        self._end("ok")

    def _end(self, outcome: str, **error: Any) -> None:
        self._limit.lift()
        self._notes.add("end", outcome=outcome, error=error or None)

    def _watch(self) -> None:
        from nbdebug.cli.running.fits import watch_fits  # loads Keras

        self._preflight = watch_fits(self._notes, self._limit)

    def _explained(self, error: BaseException) -> dict[str, Any]:
        from nbdebug.cli.running.explained import explained

        return explained(error, self._script, self._preflight)


def _exit(error: SystemExit) -> dict[str, Any]:
    said = f"with status {error.code}" if isinstance(error.code, int) else f"saying: {error.code}"
    return {"explanation": f"The script ended itself with sys.exit, {said}.", "cause": None}


def _show(error: BaseException) -> None:
    """What Python prints, without the frames that are ours."""
    frames = error.__traceback__
    while frames is not None and _is_ours(frames):
        frames = frames.tb_next
    error = error.with_traceback(frames)
    if sys.excepthook is not sys.__excepthook__:
        sys.excepthook(type(error), error, frames)
        return
    told = traceback.TracebackException.from_exception(error)
    for part in _chain(told):
        part.stack = traceback.StackSummary.from_list([f for f in part.stack if not f.filename.startswith(_OURS)])
    print("".join(told.format()), end="", file=sys.stderr, flush=True)


def _chain(told: traceback.TracebackException) -> list[traceback.TracebackException]:
    inner = [part for part in (told.__cause__, told.__context__) if part is not None]
    return [told, *(more for part in inner for more in _chain(part))]


def _is_ours(frames: TracebackType) -> bool:
    return frames.tb_frame.f_code.co_filename.startswith(_OURS)


if __name__ == "__main__":
    Run(json.loads(sys.argv[1]))()
