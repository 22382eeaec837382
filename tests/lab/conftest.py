"""A small stand-in for sessions and their views: what the host does with them is its own business alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import ipywidgets as w
import pytest
from IPython.core.formatters import DisplayFormatter

from nbdebug.errors import unknown_name
from nbdebug.lab import host as host_module
from nbdebug.lab.host import Host
from nbdebug.panels.parts.book import Book
from nbdebug.records import Selection


class FakeSession:
    """Opens anything; has the layers `conv_1` and `conv_2`."""

    layers = ("conv_1", "conv_2")

    def __init__(self, model: Any, x: Any, y: Any = None, *, host: Any, name: str | None = None, **data: Any) -> None:
        if not hasattr(x, "__len__"):
            raise unknown_name("array", x, [])
        self.name = name or str(model)
        self.given = {"model": model, "x": x, "y": y, **data}
        self.selection = Selection(layer="conv_1")
        self.closed = False
        self.book = Book()
        self._host = host

    def carry_on(self, old: FakeSession) -> None:
        self.book.carry_on(old.book)

    def select(self, **fields: Any) -> None:
        if fields.get("layer", "conv_1") not in self.layers:
            raise unknown_name("layer", fields["layer"], self.layers)
        self.selection = replace(self.selection, **fields)

    def close(self) -> None:
        self.closed = True
        self._host.close(self)


class FakeView:
    """One button."""

    def __init__(self, session: FakeSession, popped: Any) -> None:
        self.popped, self.checks = popped, 0
        self.widget = w.VBox([w.Button(description=session.name)])

    def check(self, anew: bool = False) -> None:  # noqa: ARG002
        self.checks += 1

    def close(self) -> None:
        self.widget.close()


class FakeShell:
    """A kernel's shell that remembers what was displayed."""

    kernel = object()

    def __init__(self) -> None:
        self.execution_count = 1
        self.displayed: list[dict[str, Any]] = []
        self.display_pub = self
        self.display_formatter = DisplayFormatter()
        self.events = self
        self.registered: list[Any] = []

    def publish(self, data: dict[str, Any]) -> None:
        self.displayed.append(data)

    def register(self, _event: str, called: Any) -> None:
        self.registered.append(called)

    def unregister(self, _event: str, called: Any) -> None:
        self.registered.remove(called)


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> FakeShell:
    shell = FakeShell()
    monkeypatch.setattr("nbdebug.lab.shell.current_shell", lambda: shell)
    monkeypatch.setattr(host_module, "current_shell", lambda: shell)
    monkeypatch.setattr("nbdebug.lab.debug.current_shell", lambda: shell)
    return shell


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch, shell: FakeShell) -> Iterator[Host]:  # noqa: ARG001
    host = Host()
    monkeypatch.setattr("nbdebug.lab.debug.host", host)
    monkeypatch.setattr("nbdebug.lab.chooser.host", host)
    monkeypatch.setattr("nbdebug.lab.magics.host", host)
    monkeypatch.setattr("nbdebug.session.Session", FakeSession)
    monkeypatch.setattr("nbdebug.panels.view.View", FakeView)
    yield host
    host.shut()
