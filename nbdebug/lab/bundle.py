"""What a cell's output holds: one line where the extension is, the tree itself where it is not."""

from __future__ import annotations

from typing import Any

from ipywidgets import Widget

MIME = "application/vnd.nbdebug.session+json"
_VIEW = "application/vnd.jupyter.widget-view+json"


def bundle(stage: Widget, title: str) -> dict[str, Any]:
    """The mime bundle of a stage: a few hundred bytes, readable without a kernel."""
    return {
        MIME: {"stage": stage.model_id, "title": title},
        _VIEW: {"version_major": 2, "version_minor": 0, "model_id": stage.model_id},
        "text/plain": f"{title}: shown in the nbdebug sidebar while its kernel is alive.",
    }
