"""Every coupling that the docstring of `deepheart` states is there, with the size it states."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from nbdebug.demo import deepheart
from nbdebug.demo.people import LABELS, MISSING_SHARES
from nbdebug.demo.physiology import DAY, DROP_OUT_SHARES
from nbdebug.errors import NbdebugError


@pytest.fixture(scope="module")
def data():
    return deepheart(1024, seed=11)


@pytest.fixture(scope="module")
def rate(data):
    """Heart rate with NaN in the gaps."""
    return np.where(data.x[..., 0] > 0, data.x[..., 0], np.nan)


def with_and_without(values, condition):
    return np.nanmean(values[condition]), np.nanmean(values[~condition])


def spread(values):
    """Standard deviation of the change from minute to minute, free of slow trends and rare jumps."""
    return np.nanmedian(np.abs(np.diff(values, axis=1)), axis=1)


def nights(values):
    """Midnight to five of each day: everybody sleeps."""
    return np.concatenate([values[:, day * DAY + 60 : day * DAY + 300] for day in range(2)], axis=1)


def quiet_days(values, steps):
    """Ten to five of each day, no step in the last twenty minutes."""
    walked = np.cumsum(steps > 0, axis=1)
    recent = walked - np.concatenate([np.zeros((len(steps), 20)), walked[:, :-20]], axis=1)
    quiet = np.where(recent == 0, values, np.nan)
    return np.concatenate([quiet[:, day * DAY + 600 : day * DAY + 1020] for day in range(2)], axis=1)


def test_shapes_and_types(data):
    assert data.x.shape == (1024, 4096, 2)
    assert data.x.dtype == np.float32
    assert list(data.y) == list(LABELS)
    assert all(labels.shape == (1024,) and labels.dtype == np.float32 for labels in data.y.values())
    assert list(data.metadata.columns) == ["age", "sex", "bmi", "device"]
    assert data.metadata.index.is_unique
    assert data.inputs["metadata"].shape == (1024, 3)


def test_same_seed_same_data():
    first, second, other = deepheart(40, 500, seed=3), deepheart(40, 500, seed=3), deepheart(40, 500, seed=4)
    np.testing.assert_array_equal(first.x, second.x)
    pd.testing.assert_frame_equal(first.metadata, second.metadata)
    for label in LABELS:
        np.testing.assert_array_equal(first.y[label], second.y[label])
    assert not np.array_equal(first.x, other.x)


def test_nothing_to_make():
    with pytest.raises(NbdebugError, match="n=0"):
        deepheart(0)


@pytest.mark.parametrize("label", LABELS)
def test_labels_are_the_truth_where_they_are_there(data, label):
    missing = np.isnan(data.y[label])
    assert missing.mean() == pytest.approx(MISSING_SHARES[label], abs=0.04)
    np.testing.assert_array_equal(data.y[label][~missing], data.conditions[label][~missing])


def test_gaps_are_zero_and_come_in_spells(data):
    gap = data.x[..., 0] == 0
    starts = (gap[:, 1:] & ~gap[:, :-1]).sum()
    assert 10 < gap.sum() / starts < 40
    assert data.x[..., 0][~gap].min() >= 30
    assert data.x[..., 0].max() <= 220


def test_hearts_rest_at_night(rate):
    assert 5 < np.nanmean(rate[:, 600:1020]) - np.nanmean(nights(rate)) < 25


def test_resting_rate_is_higher_with_diabetes(data, rate):
    resting = np.nanmedian(quiet_days(rate, data.x[..., 1]), axis=1)
    sick, well = with_and_without(resting, data.conditions["diabetes"].to_numpy())
    assert 3 < sick - well < 8


def test_recovery_is_slower_with_diabetes(data, rate):
    """Five minutes after a spell of exercise, a larger part of the rise is left."""
    steps = data.x[..., 1]
    ended = (steps[:, 5:-6] > 130) & (steps[:, 6:-5] == 0) & (steps[:, 7:-4] == 0) & (steps[:, 10:-1] == 0)
    example, time = np.nonzero(ended)
    resting = np.nanmedian(quiet_days(rate, steps), axis=1)[example]
    left = (rate[example, time + 10] - resting) / (rate[example, time + 5] - resting)
    left = np.where(np.abs(left) < 2, left, np.nan)
    sick, well = with_and_without(left, data.conditions["diabetes"].to_numpy()[example])
    assert well < 0.25
    assert sick > well + 0.12


def test_nights_are_more_variable_with_apnea_and_days_are_not(data, rate):
    good_watch = (data.metadata["device"] == "gen3").to_numpy()
    apnea = data.conditions["sleep_apnea"].to_numpy()[good_watch]
    night, day = spread(nights(rate[good_watch])), spread(quiet_days(rate[good_watch], data.x[good_watch, :, 1]))
    sick, well = with_and_without(night, apnea)
    assert 1.7 < sick / well < 2.6
    sick, well = with_and_without(day, apnea)
    assert 0.85 < sick / well < 1.15
    assert roc_auc_score(apnea, night / day) > roc_auc_score(apnea, night) + 0.01


def test_the_nightly_dip_is_shallower_with_apnea(data, rate):
    dip = np.nanmedian(quiet_days(rate, data.x[..., 1]), axis=1) - np.nanmedian(nights(rate), axis=1)
    sick, well = with_and_without(dip, data.conditions["sleep_apnea"].to_numpy())
    assert 3.5 < well - sick < 6.5


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("cause", ["age", "bmi"])
def test_age_and_bmi_raise_every_risk(label, cause):
    people = deepheart(4000, steps=1, seed=5)
    assert roc_auc_score(people.conditions[label], people.metadata[cause]) > 0.54


@pytest.mark.parametrize("label", ["hypertension", "high_cholesterol"])
def test_hypertension_and_cholesterol_leave_no_trace_of_their_own(label):
    """Among people of like age and BMI, no trait of the heart tells."""
    people = deepheart(6000, steps=1, seed=5)
    alike = (people.metadata["age"].between(40, 60) & people.metadata["bmi"].between(23, 29)).to_numpy()
    for trait in ("rest", "recovery", "night_spread", "night_dip"):
        area = roc_auc_score(people.conditions[label][alike], people.traits[trait][alike])
        assert abs(area - 0.5) < 0.05, trait


def test_maximal_rate_falls_with_age(data):
    maximum = data.traits["rest"] + data.traits["reserve"]
    np.testing.assert_allclose(maximum, 208 - 0.7 * data.metadata["age"])


@pytest.mark.parametrize(("device", "low", "high"), [("gen1", 6, 12), ("gen2", 2, 5), ("gen3", 1, 4)])
def test_old_watches_are_noisy_and_lose_sight(data, rate, device, low, high):
    worn = (data.metadata["device"] == device).to_numpy()
    lost = np.isnan(nights(rate[worn])).mean()
    assert lost == pytest.approx(DROP_OUT_SHARES[device], abs=0.02)
    assert low < np.nanmedian(spread(nights(rate[worn]))) < high


def test_importing_the_demo_leaves_tensorflow_alone():
    code = "import sys, nbdebug.demo; sys.exit('tensorflow' in sys.modules or 'keras' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
