"""Widgets of the sidebar are answered on the thread that the page asks for."""

from __future__ import annotations

from typing import Any

import ipywidgets as w
import pytest

from nbdebug.lab.comms import answer_while_busy


def route_of(comm: Any, wanted: str) -> str:
    """What ipykernel's shell channel does with a message that the page addressed to the subshell `wanted`."""
    route = getattr(comm, "_reply_subshell_for", None)
    return wanted if route is None else route({}, wanted)


class RuledComm:
    """The comm of ipykernel 7.4: answers go to the thread that wrote last, here the busy main one (None)."""

    comm_id = "a"

    def __init__(self, **_: Any) -> None:
        self._reply_subshell_id = None

    def _reply_subshell_for(self, _data: Any, _default: Any) -> Any:
        return self._reply_subshell_id

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *_args, **_kwargs: None


@pytest.fixture(params=["ruled", "plain"])
def comms(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "ruled":
        monkeypatch.setattr("comm.create_comm", RuledComm)
    return request.param


@pytest.mark.usefixtures("comms")
def test_a_tree_answers_on_the_subshell() -> None:
    inner = w.Button()
    answer_while_busy(w.VBox([w.HBox([inner])]))
    assert route_of(inner.comm, "subshell") == "subshell"


@pytest.mark.usefixtures("comms")
def test_what_is_hung_into_the_tree_later_answers_too() -> None:
    box, later = w.VBox(), w.HBox()
    answer_while_busy(box)
    box.children = (later,)
    latest = w.Button()
    later.children = (latest,)
    assert route_of(latest.comm, "subshell") == "subshell"


def test_the_rule_is_there_without_the_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comm.create_comm", RuledComm)
    assert route_of(w.Button().comm, "subshell") is None


def test_the_installed_kernel_is_as_expected() -> None:
    """Either the rule is there under the name that is left out, or there is no such rule."""
    comm_module = pytest.importorskip("ipykernel.comm.comm")
    made = comm_module.BaseComm(comm_id="b", primary=False)
    ruled = any("reply_subshell" in name for name in vars(comm_module.BaseComm))
    assert ruled == hasattr(made, "_reply_subshell_for")
    if ruled:
        made._reply_subshell_id = None
        assert route_of(made, "subshell") is None
        made._reply_subshell_for = None
    assert route_of(made, "subshell") == "subshell"


def test_a_widget_without_a_comm_is_left_alone() -> None:
    button = w.Button()
    button.close()
    answer_while_busy(button)
    assert button.comm is None
