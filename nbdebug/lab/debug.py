"""`nbdebug.debug`: from a model and its data to a session that is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from nbdebug.errors import NbdebugError
from nbdebug.lab.host import host
from nbdebug.lab.shell import current_shell, in_notebook
from nbdebug.render import display

if TYPE_CHECKING:
    import pandas as pd

    from nbdebug.records import Selection
    from nbdebug.session import Session


def debug(
    model: Any,
    x: Any,
    y: Any = None,
    *,
    metadata: pd.DataFrame | None = None,
    validation: tuple[Any, Any] | None = None,
    sample_weight: Any = None,
    outputs: Any = None,
    classes: Any = None,
    channels: Any = None,
    time_step: str | float | None = None,
    name: str | None = None,
    batch_size: int = 32,
    missing: float | None = None,
    show: bool | None = None,
) -> Session:
    """Look into a trained, or half trained, Keras model with the data it fails on.

    Calling it again for the same name replaces the session that is shown, and keeps what was selected and the slices
    that were named or compared, where those still exist. Sessions that are not shown live side by side.

    Args:
        model: any built Keras model; it is not changed.
        x: array, list or dict of arrays, or a finite `tf.data.Dataset` of (x, y);
            sequences are (example, time, channel).
        y: labels, in the shape of the model's outputs; NaN is a missing label.
        metadata: a row an example; its index names the examples.
        validation: another (x, y), for checks that compare two sets.
        sample_weight: a weight an example.
        outputs: names of the model's heads or columns.
        classes: names of the classes.
        channels: names of the channels of x.
        time_step: what one time lasts, such as "1min", "0.5s" or 0.5.
        name: what the session is called; the model's own name by default.
        batch_size: examples a forward pass; less where memory is short, more where they are many and small.
        missing: a class number that means "no label", such as -1.
        show: open it in the sidebar; by default in notebooks only.

    Raises:
        NbdebugError: model or data cannot be used; says what is wrong, what was got and what to try.
    """
    shown = in_notebook() if show is None else show
    if in_notebook():
        display.register(current_shell())
    data: dict[str, Any] = {
        "metadata": metadata,
        "validation": validation,
        "sample_weight": sample_weight,
        "outputs": outputs,
        "classes": classes,
        "channels": channels,
        "time_step": time_step,
        "name": name,
        "batch_size": batch_size,
        "missing": missing,
    }
    if not shown:
        return _made(model, x, y, **data)
    with host.waiting(f"Reading {name or getattr(model, 'name', 'the model')}."):
        return open_session(model, x, y, present=host.show, **data)


def open_session(model: Any, x: Any, y: Any = None, *, present: Callable[[Session], None], **data: Any) -> Session:
    """Make a session and present it, in the place of an open one of the same name."""
    session = _made(model, x, y, **data)
    old = host.sessions.get(session.name)
    if old is not None:
        session.carry_on(old)
        _keep_selection(old.selection, session)
    host.sessions[session.name] = session
    present(session)
    if old is not None:
        old.close()
    return session


def _made(model: Any, x: Any, y: Any, **data: Any) -> Session:
    from nbdebug.session import Session

    session = Session(model, x, y, host=host, **data)
    session.book.dismissed = host.dismissed.setdefault(session.name, set())
    return session


def _keep_selection(old: Selection, session: Session) -> None:
    for field in fields(old):
        value = getattr(old, field.name)
        if value is not None:
            try:
                session.select(**{field.name: value})
            except NbdebugError:  # the new model or data has no such thing: its own default stays
                continue
