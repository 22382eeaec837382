"""What a Monitor noted."""

from __future__ import annotations

from nbdebug.checks.check import Unfit
from nbdebug.records.case import Case
from nbdebug.records.series import Series


def watched(case: Case) -> Series:
    """The series of the last fit.

    Raises:
        Unfit: no Monitor was in it.
    """
    if case.series is None or not case.series.n_steps:
        raise Unfit("no fit was watched: put nbdebug.Monitor() into fit(callbacks=[...])")
    return case.series
