"""Points inside a polygon, against a ray a point, turns around a point, and shapes whose inside is known."""

import numpy as np
import pytest

from nbdebug.measure.polygon import inside_polygon

SQUARE = np.array([[0.2, 0.2], [0.8, 0.2], [0.8, 0.8], [0.2, 0.8]])


def by_ray(x, y, corners):
    """Even or odd, one point and one side at a time."""
    odd = False
    for i in range(len(corners)):
        (ax, ay), (bx, by) = corners[i - 1], corners[i]
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def turns(x, y, corners):
    """How often the line goes around a point: the angles between its corners, summed."""
    angles = np.arctan2(corners[:, 1] - y, corners[:, 0] - x)
    steps = np.diff(np.append(angles, angles[0]))
    return int(np.rint(((steps + np.pi) % (2 * np.pi) - np.pi).sum() / (2 * np.pi)))


@pytest.mark.parametrize("n_corners", [3, 4, 12, 200])
def test_it_is_what_a_ray_from_each_point_says_also_where_lines_cross(n_corners):
    rng = np.random.default_rng(n_corners)
    x, y, corners = *rng.normal(size=(2, 400)), rng.normal(size=(n_corners, 2))
    found = inside_polygon(x, y, corners)
    assert found.tolist() == [by_ray(*point, corners) for point in zip(x, y, strict=True)]
    assert found.tolist() == [turns(*point, corners) % 2 == 1 for point in zip(x, y, strict=True)]
    assert found.any()


def test_the_inside_of_a_circle_is_nearer_than_its_radius():
    angle = np.linspace(0, 2 * np.pi, 2000, endpoint=False)
    corners = np.stack([3 + 2 * np.cos(angle), -1 + 2 * np.sin(angle)], axis=1)
    x, y = np.random.default_rng(0).uniform(-5, 5, (2, 20_000))
    away = np.hypot(x - 3, y + 1)
    clear = np.abs(away - 2) > 1e-5
    np.testing.assert_array_equal(inside_polygon(x, y, corners)[clear], (away < 2)[clear])


def test_neither_where_it_starts_nor_which_way_it_goes_matters():
    rng = np.random.default_rng(1)
    x, y, corners = *rng.random((2, 300)), rng.random((30, 2))
    for other in (corners[::-1], np.roll(corners, 7, axis=0)):
        np.testing.assert_array_equal(inside_polygon(x, y, corners), inside_polygon(x, y, other))


def test_a_hole_that_a_line_crossing_itself_leaves_is_outside():
    angle = np.arange(5) * 4 * np.pi / 5
    star = np.stack([np.sin(angle), np.cos(angle)], axis=1)
    assert not inside_polygon(np.zeros(1), np.zeros(1), star)[0]
    assert inside_polygon(np.zeros(1), np.full(1, 0.8), star)[0]


def test_points_on_a_grid_of_corners_are_in_one_of_the_squares_that_meet_there():
    right = SQUARE + np.array([0.6, 0.0])
    above = SQUARE + np.array([0.0, 0.6])
    x, y = np.array([0.8, 0.8, 0.5]), np.array([0.5, 0.3, 0.8])
    held = np.sum([inside_polygon(x, y, each) for each in (SQUARE, right, above)], axis=0)
    assert held.tolist() == [1, 1, 1]


def test_what_is_not_finite_is_outside():
    x, y = np.array([0.5, np.nan, 0.5, np.inf, -np.inf]), np.array([0.5, 0.5, np.nan, 0.5, 0.5])
    assert inside_polygon(x, y, SQUARE).tolist() == [True, False, False, False, False]


@pytest.mark.parametrize("n_corners", [0, 1, 2])
def test_less_than_a_triangle_holds_nothing(n_corners):
    x, y = np.random.default_rng(0).random((2, 50))
    assert not inside_polygon(x, y, np.zeros((n_corners, 2)) + np.arange(n_corners)[:, None]).any()


def test_no_point_is_no_error():
    assert inside_polygon(np.zeros(0), np.zeros(0), SQUARE).shape == (0,)
