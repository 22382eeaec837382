"""What of a box the user sees."""

import ipywidgets as w


def seen(box: w.Box) -> tuple[w.Widget, ...]:
    """The children that are not hidden."""
    return tuple(child for child in box.children if "nbdebug-hidden" not in child._dom_classes)
