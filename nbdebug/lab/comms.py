"""Clicks are answered while a cell runs.

JupyterLab sends widget messages to a subshell of the kernel, another thread, so that they need not wait for the running
cell. ipykernel 7.4 sends such a message back to whichever thread last wrote to that widget, which is the busy one when
a cell made the widget. The sidebar is made by a cell and must answer from the subshell, so its widgets leave that rule
out.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakSet

from ipywidgets import Widget
from traitlets import All

from nbdebug.lab.trees import walk, widgets_in

_RULE = "_reply_subshell_for"
_attended: WeakSet[Widget] = WeakSet()


def answer_while_busy(widget: Widget) -> None:
    """Let `widget`, all that hangs below it and all that is hung there later answer while a cell runs.

    Nothing happens where the kernel has no such rule (ipykernel before 7.4, no kernel at all).
    """
    for each in walk(widget):
        if each not in _attended:
            _attended.add(each)
            _leave_rule_out(each.comm)
            each.observe(_attend_to_new, All)


def _leave_rule_out(comm: Any) -> None:
    if hasattr(comm, _RULE):
        setattr(comm, _RULE, None)  # the kernel asks getattr(comm, rule, None) and then routes as the page wanted


def _attend_to_new(change: dict[str, Any]) -> None:
    for widget in widgets_in(change["new"]):
        answer_while_busy(widget)
