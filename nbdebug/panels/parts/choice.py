"""A drop-down without a label, as wide as its longest option."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as w


def choice(options: Sequence[str], tooltip: str, answer: Callable[[Any], None]) -> w.Dropdown:
    """A drop-down whose first option is chosen; `answer` is called when another one is."""
    layout = w.Layout(width="auto", min_width="max-content", flex="1 1 auto")
    made = w.Dropdown(options=list(options), tooltip=tooltip, layout=layout)
    made.observe(answer, "value")
    return made
