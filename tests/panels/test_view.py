"""The view: one selection everywhere, old pictures greyed and not recomputed, everything given back at the end."""

from dataclasses import replace
from time import monotonic, sleep

import pytest
from comm import get_comm_manager
from panels.panel_networks import HOSTILE, make_session

from nbdebug.panels.controls import snap
from nbdebug.panels.jobs import Job
from nbdebug.panels.view import View
from nbdebug.panels.words import compact, facts, grid_words, metric_line, selection_text
from nbdebug.records import Grid, Selection
from nbdebug.records.time_axis import TimeAxis


@pytest.fixture
def view(session):
    made = View(session, opened=())
    yield made
    made.close()


def text_of(view, css):
    (found,) = [w.value for w in widgets(view.widget) if css in getattr(w, "_dom_classes", ())]
    return found


def wait_until(holds):
    ends = monotonic() + 10
    while not holds():
        assert monotonic() < ends
        sleep(0.05)


def widgets(root):
    yield root
    for child in getattr(root, "children", ()):
        yield from widgets(child)


def one(view, css):
    (found,) = [w for w in widgets(view.widget) if css in getattr(w, "_dom_classes", ())]
    return found


def test_says_what_is_debugged(view):
    assert text_of(view, "nbdebug-title") == HOSTILE
    assert text_of(view, "nbdebug-facts") == "12 examples · 24 times × 2 channels · 2 outputs"


def test_a_selection_made_anywhere_shows_everywhere(view):
    session = view.session
    session.select(layer="pool", example=3, time=7, output=HOSTILE)
    assert one(view, "nbdebug-layer").value == "pool"
    assert one(view, "nbdebug-output").value == HOSTILE
    assert one(view, "nbdebug-example-number").value == 3
    assert session.selection.time == 6, "a position of the pooled layer covers two times"
    assert text_of(view, "nbdebug-selection") == f"{HOSTILE} › pool › example 3 (user 3 {HOSTILE}) › t 6 (6 min)"
    one(view, "nbdebug-layer").value = "conv"
    one(view, "nbdebug-next").click()
    assert (session.selection.layer, session.selection.example) == ("conv", 4)


def test_the_scrubber_commits_at_rest_and_follows_select(view):
    scrubber = view._scrubber
    scrubber.set_state({"time": 9, "committed": 9})
    assert view.session.selection.time == 9
    view.session.select(time=2)
    assert (scrubber.time, scrubber.committed) == (2, 2)
    scrubber.set_state({"time": 9, "committed": 9})
    assert view.session.selection.time == 9


def test_one_panel_opens_another(view):
    view.open("predictions")
    assert view.session.jobs.wait(60)
    rows = view.panels["predictions"]._listing._worst._rows
    key = rows.rows[0]["key"] if rows.rows else "0"
    rows._handle_custom_msg({"kind": "pick", "key": key}, [])
    assert view.session.jobs.wait(60)
    assert view.session.selection.example == int(key)
    assert view.panels["example"].is_open


def test_old_pictures_are_greyed_and_nothing_is_computed_until_refresh():
    session = make_session("sequence")
    view = View(session, opened=("model",))
    assert session.jobs.wait(60)
    rows = view.panels["model"]._rows.rows
    weight = session._probe.model.get_layer("conv").kernel
    weight.assign(weight + 1)
    assert "weights changed since" in view.check(anew=True)
    assert "nbdebug-stale" in view.widget._dom_classes
    asked = []
    submit, session.jobs.submit = session.jobs.submit, asked.append
    session.select(example=2)
    view.open("predictions")
    assert asked == []
    assert view.panels["model"]._rows.rows == rows
    session.jobs.submit = submit
    one(view, "nbdebug-refresh-stale").click()
    assert session.jobs.wait(60)
    assert "nbdebug-stale" not in view.widget._dom_classes
    assert view.panels["predictions"].summary.value.startswith("AUROC")
    view.close()
    session.close()


def test_what_is_noticed_while_computing_appears_when_the_work_ends(view):
    session = view.session
    fold = one(view, "nbdebug-notes-fold")
    before = int(fold.description.split()[1])
    session._probe.notes.append(f"32 examples do not fit into memory: 16 {HOSTILE}")
    session.jobs.submit(Job("any", lambda _progress: None))
    assert session.jobs.wait(60)
    session._probe.notes.pop()
    assert fold.description == f"▸ {before + 1} notes"
    fold.click()
    assert fold.description == f"▾ {before + 1} notes"
    assert [line.value for line in one(view, "nbdebug-notes").children][-1].endswith(HOSTILE)
    fold.click()
    assert "nbdebug-notes" not in {css for w in widgets(view.widget) for css in getattr(w, "_dom_classes", ())}


def test_a_tab_of_its_own_keeps_a_panel_alive(session):
    popped = []
    view = View(session, lambda *news: popped.append(news), opened=())
    panel = view.panels["predictions"]
    panel.open()
    assert session.jobs.wait(60)
    panel._tools[1].click()
    (tab, title, returned) = popped[0]
    assert title == f"Predictions of {HOSTILE}"
    assert panel.body in list(widgets(tab))
    panel.close()
    assert panel.live
    returned()
    assert not panel.live
    view.close()


def test_closing_frees_every_widget(session):
    before = set(get_comm_manager().comms)
    view = View(session, lambda *_news: None, opened=("model", "activations", "gradients", "predictions", "example"))
    assert session.jobs.wait(60)
    for panel in view.panels.values():
        panel._tools[1].click()
    assert session.jobs.wait(60)
    assert len(get_comm_manager().comms) > len(before)
    view.close()
    assert set(get_comm_manager().comms) <= before


def test_words():
    assert compact(12_416) == "12.4 k"
    assert compact(999) == "999"
    assert selection_text(Selection(), TimeAxis(0), "") == "nothing is selected"
    bar = selection_text(Selection("apnea", "conv_2", 881, 2048), TimeAxis(4096), "881")
    assert grid_words(Grid(9, 9)) == ""
    assert grid_words(Grid(8, 35, 1.5, 4)) == "a position covers 4 times · no position stands at the last 3 times"
    assert grid_words(Grid(8, 12, 0.25, 1.5)) == "a position covers 1.5 times"
    assert grid_words(Grid(8, 17, 4)) == "no position stands at the first 4 and the last 5 times"
    assert grid_words(Grid(11, 9, -2)) == "positions of padding: 2 before the input"
    assert bar == "apnea › conv_2 › example 881 › t 2048"


def test_the_metric_line(session):
    session.predictions("apnea")
    line = metric_line(session.metrics("apnea"), 1)
    assert line.startswith("AUROC 0.")
    assert line.endswith("n = 11, 1 label missing")
    assert facts(1, session.inputs, 1).startswith("1 example · ")


@pytest.mark.parametrize(("time", "span", "snapped"), [(7, 2, 6), (7, 1, 7), (7, None, 7), (None, 2, None)])
def test_snap(session, time, span, snapped):
    grid = span and Grid(8, 16, (span - 1) / 2, span)
    assert snap(time, replace(session.layers[0], time_grid=grid)) == snapped


@pytest.mark.parametrize(("time", "snapped"), [(0, 4), (4, 4), (5, 4), (6, 6), (15, 10)])
def test_snap_to_the_spans_that_there_are(session, time, snapped):
    assert snap(time, replace(session.layers[0], time_grid=Grid(4, 16, 4.5, 2))) == snapped
