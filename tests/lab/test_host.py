"""What the sidebar is told, and when."""

from __future__ import annotations

from typing import Any

import pytest

from nbdebug.errors import NbdebugError
from nbdebug.lab.bundle import MIME
from nbdebug.lab.chooser import choose
from nbdebug.lab.debug import debug
from nbdebug.lab.host import Host


def root_of(host: Host) -> Any:
    return host._the_root


def test_a_session_is_shown_and_displayed_once_a_cell(host: Host, shell: Any) -> None:
    session = debug("tiny", [1])
    host.show(session)
    root = root_of(host)
    assert (root.state, root.title) == ("ready", "tiny")
    (output,) = shell.displayed
    assert output[MIME] == {"stage": root.root.model_id, "title": "tiny"}
    assert output["application/vnd.jupyter.widget-view+json"]["model_id"] == root.root.model_id
    assert "\n" not in output["text/plain"]
    shell.execution_count += 1
    host.show(session)
    assert len(shell.displayed) == 2


def test_the_same_line_again_replaces_the_session_and_keeps_what_still_exists(host: Host) -> None:
    first = debug("tiny", [1])
    first.select(layer="conv_2", example=3)
    second = debug("tiny", [1, 2])
    assert first.closed
    assert not second.closed
    assert (second.selection.layer, second.selection.example) == ("conv_2", 3)
    assert host.sessions == {"tiny": second}
    assert root_of(host).state == "ready"


def test_a_selection_that_no_longer_exists_is_left_at_its_default(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    first = debug("tiny", [1])
    first.select(layer="conv_2", time=4)
    monkeypatch.setattr("nbdebug.session.Session.layers", ("conv_1",))
    assert debug("tiny", [1]).selection.layer == "conv_1"
    assert host.sessions["tiny"].selection.time == 4


def test_an_error_leaves_what_was_shown(host: Host) -> None:
    with pytest.raises(NbdebugError):
        debug("tiny", 1)
    assert root_of(host).state == "closed"
    session = debug("tiny", [1])
    with pytest.raises(NbdebugError):
        debug("tiny", 1)
    assert root_of(host).state == "ready"
    assert not session.closed


def test_closing_empties_the_sidebar_and_frees_the_widgets(host: Host) -> None:
    session = debug("tiny", [1])
    view = root_of(host).root.children[0]
    session.close()
    assert root_of(host).state == "closed"
    assert root_of(host).root is None
    assert view.comm is None
    assert host.sessions == {}


def test_closing_a_session_behind_leaves_the_one_in_front(host: Host) -> None:
    behind, front = debug("behind", [1]), debug("front", [1])
    behind.close()
    assert root_of(host).title == "front"
    assert list(host.sessions.values()) == [front]


def test_a_chosen_session_takes_the_place_of_the_chooser(host: Host, shell: Any) -> None:
    choose({})
    stage = root_of(host).root
    chooser = stage.children[0]
    session = debug("tiny", [1], show=False)
    host.show_chosen(session)
    assert root_of(host).root is stage
    assert stage.children[0] is not chooser
    assert chooser.comm is None
    assert len(shell.displayed) == 1


def test_a_tab_that_is_closed_tells_its_panel(host: Host) -> None:
    debug("tiny", [1])
    stage = root_of(host).root
    told: list[str] = []
    host.pop_out(stage.children[0], "Model of tiny", lambda: told.append("back"))
    reference = f"IPY_MODEL_{stage.children[0].model_id}"
    root_of(host)._handle_custom_msg({"kind": "returned", "widget": reference}, [])
    root_of(host)._handle_custom_msg({"kind": "returned", "widget": reference}, [])
    assert told == ["back"]


def test_after_each_cell_the_view_looks_whether_it_is_still_true(host: Host, shell: Any) -> None:
    debug("tiny", [1])
    (called,) = shell.registered
    called(object())
    assert host._shown is not None
    assert host._shown.view is not None
    assert host._shown.view.checks == 1  # type: ignore[attr-defined]
    host.shut()
    assert shell.registered == []


def test_nothing_is_shown_where_there_is_no_notebook(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nbdebug.lab.shell.current_shell", lambda: None)
    session = debug("tiny", [1])
    assert host._root is None
    with pytest.raises(NbdebugError, match="no notebook"):
        host.show(session)
    with pytest.raises(NbdebugError, match="no notebook"):
        debug("tiny", [1], show=True)
