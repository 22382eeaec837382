"""Palettes: even to the eye, honest about zero, and told apart by the colour-blind."""

import numpy as np
import pytest

from nbdebug.render.colours import LEVELS, MASKED, NOT_FINITE, from_lab, palette, to_lab

# Viénot, Brettel and Mollon 1999, deuteranopia, on linear light
_DEUTERANOPE = np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]])


def as_deuteranope(rgb: np.ndarray) -> np.ndarray:
    linear = (rgb / 255) ** 2.2
    return np.rint(np.clip(linear @ _DEUTERANOPE.T, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)


def test_lab_goes_there_and_back():
    rgb = np.random.default_rng(0).integers(0, 256, (500, 3)).astype(np.uint8)
    assert np.abs(from_lab(to_lab(rgb)).astype(int) - rgb).max() <= 1


@pytest.mark.parametrize(
    ("rgb", "lab"),
    [((255, 255, 255), (100, 0, 0)), ((255, 0, 0), (53.24, 80.09, 67.20)), ((0, 0, 0), (0, 0, 0))],
)
def test_lab_of_known_colours(rgb, lab):
    assert to_lab(np.array([rgb], np.uint8))[0] == pytest.approx(lab, abs=0.1)


def test_sequential_gets_lighter_evenly():
    lightness = to_lab(palette(False)[:LEVELS, :3])[:, 0]
    steps = np.diff(lightness)
    assert steps.min() > -0.35  # one step of 8-bit rounding
    assert np.ptp(np.convolve(steps, np.ones(32) / 32, "valid")) < 0.15


def test_diverging_is_lightest_in_the_middle_and_neutral_there():
    lab = to_lab(palette(True)[:LEVELS, :3])
    middle = LEVELS // 2
    assert lab[:, 0].argmax() in range(middle - 2, middle + 3)
    assert np.abs(lab[middle, 1:]).max() < 2


def test_ends_of_the_diverging_scale_differ_for_the_colour_blind():
    seen = to_lab(as_deuteranope(palette(True)[[20, LEVELS - 21], :3]))
    assert np.linalg.norm(seen[0] - seen[1]) > 30


@pytest.mark.parametrize("diverging", [False, True])
@pytest.mark.parametrize("special", [MASKED, NOT_FINITE])
def test_special_colours_are_not_on_the_scale(diverging, special):
    lab = to_lab(palette(diverging)[:, :3])
    assert np.linalg.norm(lab[:LEVELS] - lab[special], axis=1).min() > 12
