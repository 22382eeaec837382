"""The one grammar of bad news: what is wrong, what was got, what to try."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import partial
from typing import Any

_LISTED = 12


class NbdebugError(ValueError):
    """Something the user handed over, or asked for, cannot be used.

    Args:
        what: what is wrong, one sentence.
        got: what was found instead.
        fix: what to do about it.
    """

    def __init__(self, what: str, *, got: object, fix: str) -> None:
        self.what, self.got, self.fix = what, str(got), fix
        super().__init__(f"{what}\nGot: {self.got}\nTry: {fix}")

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors come back from workers whole."""
        return partial(type(self), self.what, got=self.got, fix=self.fix), ()


class ModelError(NbdebugError):
    """The user's model raised while it was run on the user's data."""


class FaultsFound(NbdebugError):
    """A checkup found errors in the network."""


class Cancelled(Exception):
    """The user pressed Cancel; nothing is wrong and nothing is kept."""


def unknown_name(kind: str, name: object, known: Iterable[str]) -> NbdebugError:
    """The error for a layer, output, column ... that does not exist.

    Names nearest to `name` come first, so that a typing slip is mended at a glance.
    """
    names = list(known)
    near = get_close_matches(str(name), names, n=3, cutoff=0.5)
    ordered = near + [n for n in names if n not in near]
    listed = ", ".join(repr(n) for n in ordered[:_LISTED]) or "(none)"
    if len(ordered) > _LISTED:
        listed += f" and {len(ordered) - _LISTED} more"
    hint = f"did you mean {near[0]!r}? " if near else ""
    return NbdebugError(f"There is no {kind} of that name.", got=repr(name), fix=f"{hint}one of: {listed}")
