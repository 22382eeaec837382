"""What one example needs, computed before it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from nbdebug.panels.bench import Bench
from nbdebug.panels.jobs import Job
from nbdebug.records import Selection, Sensitivity
from nbdebug.records.progress import Progress

KEY = "ahead"


def example_gradient(bench: Bench, selection: Selection, example: int, progress: Progress) -> dict[str, Sensitivity]:
    """How the selected output of one example depends on its input, by input name."""
    found = bench.sensitivity(selection.output, at=_at(bench, selection), examples=example, progress=progress)
    return found if isinstance(found, dict) else {found.input: found}


def gradient_call(bench: Bench, selection: Selection) -> str:
    """The call behind `example_gradient`."""
    at = _at(bench, selection)
    given = {} if at is None else {"at": at}
    return bench.call_text("sensitivity", output=selection.output, **given, examples=selection.example)


def fetch_ahead(bench: Bench, selection: Selection, examples: Sequence[int], *, gradients: bool) -> None:
    """Compute in the background what a click on one of these examples will show; the session keeps it."""

    def work(progress: Progress) -> None:
        for example in examples:
            if selection.layer is not None:
                bench.activations(selection.layer, example, progress=progress)
            if gradients:
                example_gradient(bench, selection, example, progress)
            progress(0, 1)

    bench.jobs.submit(Job(KEY, work, haste="background"))


def _at(bench: Bench, selection: Selection) -> int | None:
    output = next((output for output in bench.outputs if output.name == selection.output), None)
    return selection.time if output is not None and output.per_time else None
