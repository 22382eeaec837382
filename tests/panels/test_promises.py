"""What every panel keeps: it opens, closes, contains its errors, shows text as text, copies a call that runs."""

from functools import wraps
from threading import Thread

import ipywidgets as w
import numpy as np
import pandas as pd
import pytest
from comm import get_comm_manager
from panels.panel_networks import HOSTILE, KINDS

from nbdebug.panels.closing import held_by
from nbdebug.panels.panel import Panel, Shared
from nbdebug.panels.parts.book import Book
from nbdebug.panels.parts.copy_button import THIS_CALL, CopyButton
from nbdebug.panels.view import View
from nbdebug.panels.walk import panel_types
from nbdebug.records.report import Report

PANELS = panel_types()
each_panel = pytest.mark.parametrize("kind", PANELS, ids=lambda kind: kind.name)
each_network = pytest.mark.parametrize("session", KINDS, indirect=True)


def comms():
    return set(get_comm_manager().comms)


def tree(*roots):
    """Every widget below these."""
    seen, waiting = {}, list(roots)
    while waiting:
        widget = waiting.pop()
        if id(widget) not in seen:
            seen[id(widget)] = widget
            waiting.extend(held_by(*(getattr(widget, name) for name in widget.keys)))
    return list(seen.values())


def opened(panel):
    panel.open()
    assert panel.bench.jobs.wait(120)
    return panel


def error_of(panel):
    return "\n".join(widget.value for widget in tree(panel.widget) if "nbdebug-error" in classes(widget))


def classes(widget):
    return getattr(widget, "_dom_classes", ())


def test_the_panels_are_found_in_order():
    assert [kind.name for kind in PANELS] == [
        "checkup", "model", "activations", "gradients", "predictions", "example", "slices",
    ]  # fmt: skip


@each_network
@each_panel
def test_opens_shows_closes_and_frees(session, kind):
    before = comms()
    panel = kind(session, Shared.alone(session))
    assert {"nbdebug-panel", f"nbdebug-panel-{kind.name}"} <= set(classes(panel.widget))
    opened(panel)
    assert error_of(panel) == ""
    assert panel.body in tree(panel.widget)
    session.select(example=min(3, session.n_examples - 1))
    panel.selected(session.selection, frozenset({"example"}) & kind.depends)
    assert session.jobs.wait(120)
    assert error_of(panel) == ""
    panel.close()
    assert panel.body not in tree(panel.widget)
    panel.release()
    panel.scrubber.close()
    panel.scrubber.layout.close()
    assert comms() <= before


@each_panel
def test_nothing_is_built_or_computed_before_it_is_open(session, kind, monkeypatch):
    asked = []
    monkeypatch.setattr(session.jobs, "submit", lambda job: asked.append(job))
    panel = kind(session, Shared.alone(session))
    panel.selected(session.selection, kind.depends)
    assert asked == []
    assert panel.body.children == ()
    panel.release()


@each_panel
@pytest.mark.parametrize("method", ["build", "update", "call"])
def test_an_exception_stands_in_the_panel(session, kind, method, monkeypatch):
    def breaks(*_arguments):
        raise ZeroDivisionError(f"broken {HOSTILE}")

    monkeypatch.setattr(kind, method, breaks)
    panel = opened(kind(session, Shared.alone(session)))
    assert "ZeroDivisionError: broken" in error_of(panel)
    monkeypatch.undo()
    panel.refresh()
    assert session.jobs.wait(120)
    assert error_of(panel) == ""
    panel.release()


@each_panel
def test_an_exception_of_the_session_stands_in_the_panel(session, kind, monkeypatch):
    def broken(call):
        @wraps(call)
        def breaks(*_arguments, **_named):
            raise ZeroDivisionError("broken session")

        return breaks

    monkeypatch.setattr(session, "book", Book())  # a report that is known would be shown without asking
    calls = ("activations", "unit_statistics", "sensitivity", "predictions", "mean_activations", "check", "find_slices")
    for call in calls:
        monkeypatch.setattr(session, call, broken(getattr(session, call)))
    panel = opened(kind(session, Shared.alone(session)))
    assert "broken session" in error_of(panel)
    panel.release()


@each_network
@each_panel
def test_names_given_by_users_never_reach_markup(session, kind):
    panel = opened(kind(session, Shared.alone(session)))
    for widget in tree(panel.widget):
        assert not isinstance(widget, (w.HTML, w.HTMLMath)), widget
        assert getattr(widget, "description_allow_html", False) is False
        assert getattr(widget, "tooltip_type", None) is None
    panel.release()


@each_network
@each_panel
def test_the_copied_call_runs(session, kind):
    panel = opened(kind(session, Shared.alone(session)))
    buttons = [widget for widget in tree(panel.widget) if isinstance(widget, CopyButton)]
    (text,) = {button.text for button in buttons if button.what == THIS_CALL}
    assert text.startswith("session.")
    first, second = (eval(text, {"session": session}) for _ in range(2))
    assert same(first, second)
    panel.release()


def same(first, second):
    if isinstance(first, dict):
        return first.keys() == second.keys() and all(same(first[key], second[key]) for key in first)
    if isinstance(first, Report):
        return repr(first.findings) == repr(second.findings) and len(first.verdicts) == len(second.verdicts)
    if isinstance(first, pd.DataFrame):
        return first.equals(second)
    arrays, others = arrays_of(first), arrays_of(second)
    return len(arrays) > 0 and all(np.array_equal(a, b, equal_nan=True) for a, b in zip(arrays, others, strict=True))


def arrays_of(record):
    values = [record] if isinstance(record, np.ndarray) else vars(record).values()
    return [value for value in values if isinstance(value, np.ndarray)]


@each_network
@each_panel
def test_fits_into_320_pixels(session, kind):
    panel = opened(kind(session, Shared.alone(session)))
    for widget in tree(panel.widget):
        layout = getattr(widget, "layout", None)
        for size in () if layout is None else (layout.width, layout.min_width):
            assert not str(size).endswith("px") or float(size[:-2]) <= 300, widget
    panel.release()


@each_panel
def test_cancel_keeps_what_was_shown_and_the_worker_alive(session, kind):
    panel = kind(session, Shared.alone(session))
    panel.open()
    panel.working.cancel()
    assert session.jobs.wait(120)
    assert error_of(panel) == ""
    panel.close()
    opened(panel)
    assert error_of(panel) == ""
    panel.release()


def test_a_broken_panel_leaves_the_others_alone(session, monkeypatch):
    model = next(kind for kind in PANELS if kind.name == "model")

    def breaks(*_arguments):
        raise ZeroDivisionError("broken")

    monkeypatch.setattr(model, "build", breaks)
    view = View(session, opened=("model", "predictions"))
    assert session.jobs.wait(120)
    assert "broken" in error_of(view.panels["model"])
    assert error_of(view.panels["predictions"]) == ""
    assert view.panels["predictions"].summary.value.startswith("AUROC")
    view.close()


def test_selecting_from_many_threads_while_working_does_not_deadlock(session):
    view = View(session, opened=tuple(kind.name for kind in PANELS))
    names = [layer.name for layer in session.layers]

    def hammer(offset):
        for i in range(15):
            session.select(example=(i + offset) % session.n_examples, layer=names[(i + offset) % len(names)])
            view.panels["model"].toggle() if i % 5 == 0 else view.check()

    threads = [Thread(target=hammer, args=(offset,)) for offset in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads)
    assert session.jobs.wait(120)
    assert session.store.update() == session.selection
    view.close()


def test_panels_are_what_they_say():
    for kind in PANELS:
        assert issubclass(kind, Panel)
        assert kind.title
        assert kind.depends <= {"output", "layer", "example", "time", "slice"}
        assert kind.__doc__
