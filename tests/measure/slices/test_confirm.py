"""A slice within another is shown only if it is worse than the rest of that one."""

import numpy as np
import pytest
from scipy import stats

from nbdebug.measure.slices.confirm import Told, confirmed

WIDE, NARROW = ((0, 1),), ((0, 1), (1, 1))


def left(narrow_more, candidates=(WIDE, NARROW)):
    rng = np.random.default_rng(0)
    codes = (rng.random((2, 8000)) < 0.3).astype(np.uint8)
    x = rng.normal(size=8000) + 0.8 * (codes[0] == 1) + narrow_more * ((codes[0] == 1) & (codes[1] == 1))
    told = Told.of(list(candidates))
    told.update(codes, x - x.mean())
    return confirmed(list(candidates), told, float(x.mean()), False)


@pytest.mark.parametrize(("narrow_more", "shown"), [(0.0, False), (-0.3, False), (0.5, True)])
def test_a_narrower_slice_is_shown_where_it_says_more(narrow_more, shown):
    found = {each.conditions: each for each in left(narrow_more)}
    assert WIDE in found
    assert (NARROW in found) == shown
    if shown:
        assert found[NARROW].parent == WIDE
        assert found[WIDE].parent == ()


def test_alone_it_is_shown_but_is_as_strong_only_as_beyond_the_wider_one():
    (alone,) = left(0.0, [NARROW])
    assert alone.parent == ()
    assert alone.difference.p < 1e-9
    assert alone.strength < 2.5


@pytest.mark.parametrize(("wide_more", "raised_by"), [(0.0, NARROW), (0.8, ())])
def test_a_wide_slice_says_where_only_a_part_of_it_is_worse(wide_more, raised_by):
    rng = np.random.default_rng(1)
    codes = (rng.random((2, 8000)) < 0.3).astype(np.uint8)
    inside, part = codes[0] == 1, (codes[0] == 1) & (codes[1] == 1)
    x = rng.normal(size=8000) + wide_more * inside + 1.5 * part
    told = Told.of([WIDE, NARROW])
    told.update(codes, x - x.mean())
    found = {each.conditions: each for each in confirmed([WIDE, NARROW], told, float(x.mean()), False)}
    assert found[WIDE].significant
    assert found[WIDE].raised_by == raised_by
    assert found[NARROW].raised_by == ()
    test = stats.ttest_ind(x[inside & ~part], x[~inside], equal_var=False)
    assert (test.pvalue < 0.05 and test.statistic > 0) == (raised_by == ())
