"""A button that copies the call behind a picture."""

from __future__ import annotations

from anywidget import AnyWidget
from traitlets import Unicode

from nbdebug.render.static import module


class CopyButton(AnyWidget):  # type: ignore[misc]
    """Copies `text` to the clipboard, in the browser; nothing is sent to the kernel.

    The button carries class `nbdebug-copy` and shows `text` as its tooltip.

    Args:
        text: what is copied.
    """

    _esm = module("copy.js")
    text = Unicode("").tag(sync=True)
