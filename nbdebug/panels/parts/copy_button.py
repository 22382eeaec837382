"""A button that copies the call behind a picture, or other code to paste."""

from __future__ import annotations

from anywidget import AnyWidget
from traitlets import Unicode

from nbdebug.render.static import module

THIS_CALL = "this call"


class CopyButton(AnyWidget):  # type: ignore[misc]
    """Copies `text` to the clipboard, in the browser; nothing is sent to the kernel.

    The button carries class `nbdebug-copy` and shows `text` as its tooltip.

    Args:
        text: what is copied.
        what: what that is, for the tooltip.
    """

    _esm = module("copy.js")
    text = Unicode("").tag(sync=True)
    what = Unicode(THIS_CALL).tag(sync=True)
