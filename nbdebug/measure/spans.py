"""Input times and the positions of a pooled or strided layer."""

from nbdebug.errors import NbdebugError


def position_of(time: int, span: int, n_positions: int) -> int:
    """The position of a layer that covers an input time; the last one for times that its borders cut off."""
    return min(time // span, n_positions - 1)


def span_of(position: int, span: int, n_times: int) -> tuple[int, int]:
    """First and one-past-last input time that a position covers."""
    return position * span, min((position + 1) * span, n_times)


def check_time(time: object, n_times: int) -> int:
    """An input time as a plain int.

    Raises:
        NbdebugError: not a whole number, or outside the sequence.
    """
    try:
        at = time.__index__()  # type: ignore[attr-defined]
    except (AttributeError, TypeError):
        at = -1
    if isinstance(time, bool) or not 0 <= at < n_times:
        raise NbdebugError(
            "There is no such time.",
            got=repr(time),
            fix=f"a whole number from 0 to {n_times - 1}, counted in input times",
        )
    return int(at)
