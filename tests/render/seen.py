"""What of a box the user sees."""

import ipywidgets as w


def seen(box: w.Box) -> tuple[w.Widget, ...]:
    """The children that are neither hidden nor wait for their turn."""
    return tuple(child for child in box.children if not {"nbdebug-hidden", "nbdebug-aside"} & {*child._dom_classes})
