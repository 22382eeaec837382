"""The models and arrays of the notebook, each fitting combination a button."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as w

from nbdebug.errors import NbdebugError
from nbdebug.lab.debug import open_session
from nbdebug.lab.host import host
from nbdebug.lab.namespace import FoundData, find_data, find_models
from nbdebug.lab.suggest import Suggestion, suggest
from nbdebug.render.plain import Button, Label, VBox

_NONE = ("none", "")


class Chooser:
    """Lists what could be debugged; a click opens it. Looks into `namespace` when made and when asked to look again.

    Args:
        namespace: the notebook's variables.
        opened: called with the arguments of `nbdebug.debug`, as variable names' values.
    """

    def __init__(self, namespace: Mapping[str, Any], opened: Callable[..., None]) -> None:
        self._namespace, self._opened = namespace, opened
        self._message = Label(css="nbdebug-error")
        self._list = VBox()
        again = _button("Look again", "Look again for models and arrays in the notebook", self.look)
        self.widget = VBox([self._list, self._message, again], css="nbdebug-chooser")
        self.look()

    def look(self) -> None:
        """List what the namespace holds now."""
        models, data = find_models(self._namespace), find_data(self._namespace)
        self._say("")
        if not models:
            self._list.children = _sentences(
                "No Keras model is in this notebook yet.", "Make or load one, then look again."
            )
        elif not data:
            self._list.children = _sentences(
                f"Found {_listed([model.name for model in models])}, but no arrays to feed it.",
                "Load the data, then look again.",
            )
        else:
            suggestions = suggest(models, data)
            self._list.children = (
                *(_sentences("What fits together in this notebook:") if suggestions else ()),
                *map(self._suggested, suggestions),
                *self._by_hand([model.name for model in models], data),
            )

    def _suggested(self, suggestion: Suggestion) -> w.Widget:
        parts = [suggestion.model.name, suggestion.x.text]
        parts += [suggestion.y.text] if suggestion.y else ["without labels"]
        parts += [suggestion.metadata.text] if suggestion.metadata else []
        names = {
            "model": suggestion.model.name,
            "x": suggestion.x.name,
            "y": suggestion.y.name if suggestion.y else "",
            "metadata": suggestion.metadata.name if suggestion.metadata else "",
        }
        button = _button(" · ".join(parts), suggestion.line, lambda: self._open(names))
        button.add_class("nbdebug-suggestion")
        return button

    def _by_hand(self, models: list[str], data: list[FoundData]) -> tuple[w.Widget, ...]:
        options = [(each.text, each.name) for each in data]
        tables = [(each.text, each.name) for each in data if each.kind == "table"]
        picks = {
            "model": _dropdown("model", [(name, name) for name in models]),
            "x": _dropdown("x", options),
            "y": _dropdown("y", [_NONE, *options]),
            "metadata": _dropdown("metadata", [_NONE, *tables]),
        }
        picked = _button("Open", "Open these", lambda: self._open({name: pick.value for name, pick in picks.items()}))
        return (*_sentences("Or pick:"), *picks.values(), picked)

    def _open(self, names: Mapping[str, str]) -> None:
        self._say(f"Reading {names['model']}.")
        try:
            values = {role: self._namespace[name] for role, name in names.items() if name}
            self._opened(name=names["model"], **values)
        except KeyError as error:
            self._say(f"{error.args[0]} is no longer in the notebook. Look again.")
        except Exception as error:  # a click has no cell whose output could show it
            self._say(str(error) if isinstance(error, NbdebugError) else f"{type(error).__name__}: {error}")

    def _say(self, text: str) -> None:
        self._message.value = text


def choose(namespace: Mapping[str, Any]) -> None:
    """Show the chooser; what is clicked is opened in its place."""

    def opened(**arguments: Any) -> None:
        open_session(**arguments, present=host.show_chosen)

    host.choose(Chooser(namespace, opened).widget, "The list of models")


def _button(text: str, tooltip: str, clicked: Callable[[], None]) -> Button:
    return Button(text, lambda _button: clicked(), tooltip=tooltip, layout=w.Layout(width="auto"))


def _dropdown(role: str, options: list[tuple[str, str]]) -> w.Dropdown:
    return w.Dropdown(
        description=role, options=options, layout=w.Layout(width="auto"), style={"description_width": "5em"}
    )


def _sentences(*sentences: str) -> tuple[w.Widget, ...]:
    return tuple(Label(sentence) for sentence in sentences)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
