"""`%nbdebug check`: a checkup of a model and its data, or of an open session."""

from __future__ import annotations

from typing import Any

from nbdebug.errors import NbdebugError, unknown_name
from nbdebug.lab.host import host
from nbdebug.lab.progress_line import ProgressLine
from nbdebug.records.report import Report


def check_session(name: str | None, fit: dict[str, Any], line: ProgressLine) -> Report:
    """The checkup of an open session; its panel shows the same.

    Args:
        name: of the session, None for the latest.
        line: is told how far it is.
        fit: epochs and batch_size, where they are known.

    Raises:
        NbdebugError: no session is open, or none of that name.
    """
    if not host.sessions:
        got = "no open session" + (f", and {name} alone" if name else "")
        raise NbdebugError("There is nothing to check.", got=got, fix="%nbdebug check model x y")
    if name is not None and name not in host.sessions:
        raise unknown_name("session", name, list(host.sessions))
    return host.sessions[name or next(reversed(host.sessions))].check(**_telling(line), **fit)


def check_arrays(model: Any, x: Any, y: Any, validation: Any, fit: dict[str, Any], line: ProgressLine) -> Report:
    """The checkup of a model and its data.

    Args:
        line: is told how far it is.

    Raises:
        NbdebugError: the model is none or not built, or the data does not fit it.
    """
    from nbdebug.checkup import check  # loads Keras

    return check(model, x, y, validation=validation, **_telling(line), **fit)


def _telling(line: ProgressLine) -> dict[str, Any]:
    return {"on_verdict": line.verdict, "pulse": line.pulse}
