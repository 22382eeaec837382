"""Input times as the user writes them."""

from nbdebug.errors import NbdebugError


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
