"""Where sessions are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from nbdebug.errors import NbdebugError
from nbdebug.lab.bundle import bundle
from nbdebug.lab.comms import answer_while_busy
from nbdebug.lab.root import Root
from nbdebug.lab.shell import after_each_cell, cell_number, current_shell, in_notebook
from nbdebug.panels.closing import close_tree
from nbdebug.render.plain import Label, VBox

if TYPE_CHECKING:
    from nbdebug.panels.view import View
    from nbdebug.session import Session


@dataclass(eq=False)
class Stage:
    """The widget that the sidebar and a cell's output both show; what stands on it may change."""

    box: w.VBox
    view: View | None = None


class Host:
    """The sidebar as the kernel sees it: shows one session at a time, and forgets what is closed.

    `sessions` holds those that are open, by name, the latest last.
    """

    def __init__(self) -> None:
        self.sessions: dict[str, Session] = {}
        self._root: Root | None = None
        self._shown: Stage | None = None
        self._choosing: Stage | None = None
        self._stages: dict[Session, Stage] = {}
        self._returned: dict[str, Callable[[], None]] = {}
        self._last_output: tuple[int | None, str] | None = None

    @contextmanager
    def waiting(self, title: str) -> Iterator[None]:
        """Say that something is being prepared, unless something else is shown; go back if it fails."""
        if in_notebook() and self._shown is None:
            self._the_root.show(None, title, "waiting")
        try:
            yield
        finally:
            if self._shown is None and self._root is not None:
                self._root.show(None, "", "closed")

    def show(self, session: Session) -> None:
        """Show this session in the sidebar, and in the cell's output where there is no sidebar."""
        _need_notebook()
        self.sessions[session.name] = session
        stage = self._stages.get(session) or self._put(session, Stage(VBox()))
        self._present(stage, session.name)
        self._output(stage, session.name)

    def choose(self, chooser: w.Widget, title: str) -> None:
        """Show a chooser; the session that is chosen takes its place on the same stage."""
        _need_notebook()
        if self._choosing is not None:
            close_tree(self._choosing.box)
        self._choosing = Stage(VBox([chooser]))
        self._present(self._choosing, title)
        self._output(self._choosing, title)

    def show_chosen(self, session: Session) -> None:
        """Put a session on the chooser's stage, without an output of its own: no cell asked for it."""
        stage, self._choosing = self._choosing or Stage(VBox()), None
        chooser = stage.box.children
        self._put(session, stage)
        self._present(stage, session.name)
        close_tree(*chooser)

    def close(self, session: Session) -> None:
        """Take the session off and free its widgets."""
        if self.sessions.get(session.name) is session:
            del self.sessions[session.name]
        stage = self._stages.pop(session, None)
        if stage is None:
            return
        if self._shown is stage:
            self._shown = None
            self._the_root.show(None, "", "closed")
        stage.box.children = (Label("This session is closed."),)
        if stage.view is not None:
            stage.view.close()

    def pop_out(self, widget: w.Widget, title: str, returned: Callable[[], None]) -> None:
        """Open `widget` in a tab of its own; `returned` is called when the tab is closed."""
        answer_while_busy(widget)
        self._returned[f"IPY_MODEL_{widget.model_id}"] = returned
        self._the_root.pop_out(widget, title)

    def shut(self) -> None:
        """Close every session and leave the page."""
        for session in list(self.sessions.values()):
            session.close()
        if self._choosing is not None:
            close_tree(self._choosing.box)
        if self._root is not None:
            self._root.close()
        after_each_cell(self._check, False)
        self._root = self._shown = self._choosing = None

    @property
    def _the_root(self) -> Root:
        if self._root is None:
            self._root = Root()
            self._root.on_msg(self._heard)
            answer_while_busy(self._root)
            after_each_cell(self._check, True)
        return self._root

    def _put(self, session: Session, stage: Stage) -> Stage:
        from nbdebug.panels.view import View

        stage.view = View(session, self.pop_out)
        stage.box.children = (stage.view.widget,)
        self._stages[session] = stage
        return stage

    def _present(self, stage: Stage, title: str) -> None:
        self._shown = stage
        answer_while_busy(stage.box)
        self._the_root.show(stage.box, title, "ready")
        self._the_root.reveal()

    def _output(self, stage: Stage, title: str) -> None:
        output = (cell_number(), stage.box.model_id)
        shell = current_shell()
        if shell is not None and output != self._last_output:
            self._last_output = output
            shell.display_pub.publish(bundle(stage.box, title))

    def _check(self, *_: Any) -> None:
        """A cell may have trained the model: whoever is shown looks whether what it shows is still true."""
        if self._shown is not None and self._shown.view is not None:
            self._shown.view.check(anew=True)

    def _heard(self, _root: Root, content: dict[str, Any], _buffers: Any) -> None:
        returned = self._returned.pop(content.get("widget", ""), None)
        if content.get("kind") == "returned" and returned is not None:
            returned()


def _need_notebook() -> None:
    if not in_notebook():
        raise NbdebugError(
            "There is no notebook to show the session in.",
            got="a plain Python process",
            fix="run this in JupyterLab, or leave show() out: every call of the session works without it",
        )


host = Host()
"""The one host of this process."""
