"""The invisible widget that tells the sidebar what to show."""

from __future__ import annotations

from ipywidgets import Widget, widget_serialization
from traitlets import Enum, Instance, Unicode


class Root(Widget):  # type: ignore[misc]
    """The kernel end of the sidebar, one a kernel.

    The page makes a model of it when it appears and again after a reload, and so comes to know the kernel's widgets.

    Args:
        root: the widget tree to show, None where nothing is open.
        title: what is being debugged, or what is being waited for.
        state: "closed", "waiting" or "ready".
    """

    _model_name = Unicode("RootModel").tag(sync=True)
    _model_module = Unicode("nbdebug").tag(sync=True)
    _model_module_version = Unicode("~0.1.0").tag(sync=True)

    root = Instance(Widget, allow_none=True).tag(sync=True, **widget_serialization)
    title = Unicode("").tag(sync=True)
    state = Enum(["closed", "waiting", "ready"], "closed").tag(sync=True)

    def show(self, root: Widget | None, title: str, state: str) -> None:
        """Change everything in one message, so that the page never sees half of it."""
        with self.hold_sync():
            self.root, self.title, self.state = root, title, state

    def reveal(self) -> None:
        """Bring the sidebar up; the focus stays where it is."""
        self.send({"kind": "reveal"})

    def pop_out(self, widget: Widget, title: str) -> None:
        """Open `widget` in a tab of its own; a message `returned` comes when that is closed."""
        self.send({"kind": "popout", "widget": f"IPY_MODEL_{widget.model_id}", "title": title})
