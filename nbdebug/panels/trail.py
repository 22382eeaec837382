"""The list of examples that previous and next walk along."""

from __future__ import annotations

from collections.abc import Callable, Sequence


class Trail:
    """Examples in an order somebody chose, such as a list of worst mistakes; without one, the order of the data.

    Args:
        n_examples: how many there are.
    """

    def __init__(self, n_examples: int) -> None:
        self._n = n_examples
        self._examples: tuple[int, ...] = ()
        self._observers: list[Callable[[], None]] = []
        self.of = ""

    def lay(self, examples: Sequence[int], of: str) -> None:
        """Walk along these from now on; `of` says what they are, such as "false negatives"."""
        laid = tuple(int(example) for example in examples), of
        if laid == (self._examples, self.of):
            return
        self._examples, self.of = laid
        for observer in self._observers:
            observer()

    def observe(self, observer: Callable[[], None]) -> None:
        """Call `observer()` when another list is laid."""
        self._observers.append(observer)

    def place(self, example: int) -> tuple[int, int] | None:
        """Where `example` stands in the list (from 0) and how long that is; None where it is not in it."""
        return (self._examples.index(example), len(self._examples)) if example in self._examples else None

    def step(self, example: int, by: int) -> int | None:
        """The example `by` places on; None beyond either end. An example off the list leads to its start."""
        if not self._examples:
            return example + by if 0 <= example + by < self._n else None
        place = self.place(example)
        if place is None:
            return self._examples[0]
        return self._examples[place[0] + by] if 0 <= place[0] + by < place[1] else None

    def around(self, example: int) -> list[int]:
        """The neighbours that are likely next, the likeliest first."""
        near = (self.step(example, by) for by in (1, 2, -1))
        return [other for other in dict.fromkeys(near) if other is not None and other != example]
