"""Plain widgets share what says nothing, and give it back."""

import ipywidgets as w
from comm import get_comm_manager
from render.seen import seen

from nbdebug.panels.closing import close_tree
from nbdebug.render.plain import Button, HBox, Label, Stage, VBox


def opened_by(make):
    before = set(get_comm_manager().comms)
    made = make()
    return made, len(set(get_comm_manager().comms) - before)


def test_the_second_of_a_kind_brings_nothing_but_itself():
    first = Label("one")
    second, comms = opened_by(lambda: Label("two"))
    assert comms == 1
    assert second.layout is first.layout
    assert second.style is first.style
    close_tree(first, second)


def test_css_classes_come_with_the_widget_and_can_change():
    label = Label("x", css="nbdebug-a nbdebug-b")
    label.add_class("nbdebug-c")
    label.remove_class("nbdebug-a")
    assert list(label._dom_classes) == ["nbdebug-b", "nbdebug-c"]
    label.close()


def test_the_last_one_closes_what_was_shared():
    before = set(get_comm_manager().comms)
    tree, other = VBox([HBox([Label("x"), Button("press", lambda _button: None)])]), Label("y")
    close_tree(tree)
    assert other.layout.comm is not None
    close_tree(other)
    assert set(get_comm_manager().comms) <= before


def test_after_somebody_closed_what_is_shared_new_ones_work():
    first = Label("x")
    first.layout.close()
    again = Label("y")
    assert again.layout.comm is not None
    close_tree(first, again)


def test_a_layout_of_its_own_is_not_shared():
    shared, own = VBox(), VBox(layout=w.Layout(display="none"))
    assert shared.layout is not own.layout
    close_tree(shared, own)
    assert own.layout.comm is None


def test_on_a_stage_one_is_seen_at_a_time_and_none_is_taken_away():
    stage, one, other = Stage(), Label("one"), Label("other")
    for widget, there in ((None, ()), (one, (one,)), (other, (one, other)), (one, (one, other)), (None, (one, other))):
        stage.present(widget)
        assert stage.children == there
        assert seen(stage) == (() if widget is None else (widget,))
    close_tree(stage)
    assert one.comm is None
