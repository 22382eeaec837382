"""The style sheet, for figures that stand outside a view."""

from __future__ import annotations

from anywidget import AnyWidget

from nbdebug.render.static import styles


class Look(AnyWidget):  # type: ignore[misc]
    """Brings the style sheet into the page; shows nothing."""

    _esm = "export default { render({ el }) { el.style.display = 'none'; } };"
    _css = styles()
