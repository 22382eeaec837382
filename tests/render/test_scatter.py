"""Points, crosses and density of a scatter, as a browser would see them."""

import numpy as np
import pytest
from render.pngs import decode

from nbdebug.render.colours import palette
from nbdebug.render.figure import SERIES
from nbdebug.render.point_colours import by_group, by_number
from nbdebug.render.scatter import CELLS, MOST, MOST_MARKED, Cloud, Scatter


def cloud(n, bounds=(0.0, 1.0), seed=0):
    rng = np.random.default_rng(seed)
    x, y = rng.beta(2, 3, n), rng.random(n)
    return Cloud(x, y, by_group(rng.integers(0, 2, n)), y > 0.6, rng.random(n), ("one", "other"), bounds)


def test_few_points_are_drawn_each_in_its_colour():
    scatter, given = Scatter(), cloud(MOST)
    scatter.show(given)
    for mark, of in ((scatter._dots, ~given.marked), (scatter._crosses, given.marked)):
        drawn = sorted(zip(mark.x, mark.y, mark.colors, strict=True))
        assert drawn == sorted(zip(given.x[of], given.y[of], given.colours[of].tolist(), strict=True))
    assert not decode(bytes(scatter._ground.mark.image.value))[..., 3].any()
    assert scatter._bottom.label == "one"
    assert (scatter._x.min, scatter._x.max) == (0, 1)


def test_many_points_are_a_density_with_the_crosses_furthest_off():
    scatter, given = Scatter(), cloud(MOST + 1)
    scatter.show(given)
    seen = decode(bytes(scatter._ground.mark.image.value))[..., 3].astype(int)
    assert seen.shape == CELLS[::-1]
    counts = np.zeros(seen.shape, int)
    for x, y in zip(given.x, given.y, strict=True):
        counts[CELLS[1] - 1 - min(int(y * CELLS[1]), CELLS[1] - 1), min(int(x * CELLS[0]), CELLS[0] - 1)] += 1
    assert ((seen == 0) == (counts == 0)).all()
    order = np.argsort(counts, axis=None)
    assert (np.diff(seen.ravel()[order]) >= 0).all()
    assert seen.max() == 255
    assert not scatter._dots.visible
    furthest = np.sort(given.weight[given.marked])[-MOST_MARKED:]
    assert given.marked.sum() > MOST_MARKED
    np.testing.assert_array_equal(np.sort(given.weight[given.crosses]), furthest)
    assert len(scatter._crosses.x) == MOST_MARKED


@pytest.mark.parametrize("n", [300, MOST + 1])
def test_a_click_means_the_nearest_point_a_cross_over_a_density(n):
    scatter, given = Scatter(), cloud(n)
    assert scatter.nearest(0.5, 0.5) is None
    scatter.show(given)
    for x, y in np.random.default_rng(1).random((30, 2)):
        away = [np.hypot(given.x[i] - x, given.y[i] - y) for i in range(n)]
        crosses = [i for i in given.crosses if away[i] < 0.02] if n > MOST else []
        expected = min(crosses or range(n), key=lambda i: away[i])
        assert scatter.nearest(x, y) == expected


def test_a_click_on_axes_of_unlike_length_counts_in_shares_of_them():
    x, y = np.array([0.0, 1000.0, 400.0]), np.array([0.0, 1.0, 1.0])
    scatter = Scatter()
    scatter.show(Cloud(x, y, by_group(np.zeros(3, int)), np.zeros(3, bool), x, ("a", "b")))
    assert scatter.nearest(450.0, 0.1) == 0  # (400, 1) is 50 away, but most of the height


def test_a_lasso_holds_what_lies_in_it_also_in_a_density():
    scatter, given = Scatter(), cloud(MOST + 1)
    scatter.show(given)
    assert scatter.inside() is None
    scatter.lasso.ask(True)
    scatter.lasso.corners = [[0.2, 0.1], [0.6, 0.1], [0.6, 0.4], [0.2, 0.4]]
    expected = [0.2 <= x < 0.6 and 0.1 <= y < 0.4 for x, y in zip(given.x, given.y, strict=True)]
    np.testing.assert_array_equal(scatter.inside(), expected)
    scatter.lasso.ask(False)
    assert scatter.inside() is None
    assert not scatter.lasso.asked


def test_a_lasso_lies_on_the_axes_and_goes_with_the_points_it_was_drawn_around():
    scatter = Scatter()
    for bounds in ((0.0, 1.0), None):
        scatter.lasso.corners = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]
        scatter.show(cloud(50, bounds))
        assert scatter.lasso.bounds == [scatter._x.min, scatter._x.max, scatter._y.min, scatter._y.max]
        assert scatter.inside() is None
    assert scatter.lasso.bounds != [0, 1, 0, 1]


def test_colours_of_numbers_go_from_one_end_of_the_palette_to_the_other():
    colours, scale = by_number(np.array([3.0, -1.0, 1.0]))
    ends = ["#" + bytes(palette(False)[i, :3]).hex() for i in (252, 0, 126)]
    assert colours.tolist() == ends
    assert (scale.low, scale.high) == (-1, 3)
    assert by_number(np.zeros(0))[0].tolist() == []
    assert by_group(np.array([0, 5])).tolist() == [SERIES[0], SERIES[5]]


def test_nothing_to_draw_is_no_error():
    scatter = Scatter()
    scatter.show(cloud(0, None))
    assert not scatter._dots.visible
    assert not scatter._crosses.visible
    scatter.choose(None)
