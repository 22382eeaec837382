"""What hearts and watches do, minute by minute.

Arrays are (time, example), so that one minute of everybody is one row.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from jaxtyping import Bool, Float

DAY = 1440
NOISE = {"gen1": 7.0, "gen2": 2.0, "gen3": 1.0}
DROP_OUT_SHARES = {"gen1": 0.20, "gen2": 0.05, "gen3": 0.03}
DROP_OUT_MINUTES = 15.0
CHARGING_MINUTES = 60

Traits = pd.DataFrame
Grid = Float[np.ndarray, "time example"]


@dataclass(frozen=True)
class Recording:
    """What the watches report: bpm (0 in a gap) and steps a minute."""

    rate: Grid
    steps: Grid


def draw_traits(people: pd.DataFrame, conditions: pd.DataFrame, rng: np.random.Generator) -> Traits:
    """The heart and the habits of each person, before a watch looks at them.

    Columns: rest (bpm, awake), reserve (bpm from rest to maximum), recovery (minutes in which the rise after
    exercise falls to 1/e), night_dip (bpm below rest asleep), day_spread and night_spread (bpm, standard deviation
    from minute to minute), activity (1 is usual), bedtime and sleep (minutes), charging (minute of the day).
    """
    n = len(people)
    diabetes = conditions["diabetes"].to_numpy() * rng.uniform(0.6, 1.4, n)
    apnea = conditions["sleep_apnea"].to_numpy() * rng.uniform(0.6, 1.4, n)
    age, bmi = people["age"].to_numpy(), people["bmi"].to_numpy()
    rest = rng.normal(66, 7, n) + 0.3 * (bmi - 27) + 5.0 * diabetes
    day_spread = 3.0 * rng.lognormal(0, 0.25, n)
    return pd.DataFrame(
        {
            "rest": rest,
            "reserve": 208 - 0.7 * age - rest,
            "recovery": 2.0 * rng.lognormal(0, 0.30, n) * (1 + diabetes),
            "night_dip": rng.normal(10, 2, n) - 5.0 * apnea,
            "day_spread": day_spread,
            "night_spread": day_spread * rng.lognormal(0, 0.20, n) * 0.6 * (1 + 1.5 * apnea),
            "activity": rng.lognormal(0, 0.3, n) * np.exp(-0.010 * (age - 50) - 0.02 * (bmi - 27)),
            "bedtime": rng.normal(23 * 60, 45, n),
            "sleep": rng.normal(7.5 * 60, 40, n),
            "charging": rng.uniform(17 * 60, 22 * 60, n),
        },
        index=people.index,
    )


def simulate(people: pd.DataFrame, traits: Traits, n_times: int, rng: np.random.Generator) -> Recording:
    """Heart rate and steps of each minute from midnight on, as the watches report them."""
    asleep = _asleep(traits, n_times, rng)
    effort = _effort(traits, asleep, rng)
    rate = _row(traits["rest"]) - _row(traits["night_dip"]) * _smooth(asleep)
    rate += _response(effort * _row(traits["reserve"]), traits)
    rate += _wander(traits, asleep, rng)
    steps = _steps(effort, rng)
    return _wear(rate, steps, people, traits, rng)


def _row(column: pd.Series) -> Float[np.ndarray, "example"]:
    return column.to_numpy(np.float32)


def _uniform(like: np.ndarray, rng: np.random.Generator) -> Grid:
    return rng.random(like.shape, dtype=np.float32)


def _normal(like: np.ndarray, rng: np.random.Generator) -> Grid:
    return rng.standard_normal(like.shape, dtype=np.float32)


def _asleep(traits: Traits, n_times: int, rng: np.random.Generator) -> Bool[np.ndarray, "time example"]:
    """Asleep from a bedtime that moves by half an hour from night to night; the recording starts in the first night."""
    n_nights = n_times // DAY + 2
    minute = np.arange(n_times, dtype=np.float32)[:, None] + DAY
    jitter = rng.normal(0, 30, (n_nights, len(traits))).astype(np.float32)
    night = (minute.astype(int) - DAY // 2) // DAY
    since_bedtime = minute - night * DAY - _row(traits["bedtime"]) - jitter[night[:, 0]]
    return (since_bedtime >= 0) & (since_bedtime < _row(traits["sleep"]))


def _spells(start: Float[np.ndarray, "example"], stop: float, draws: Grid) -> Bool[np.ndarray, "time example"]:
    """Spells that start and stop with the given chance a minute."""
    on = np.zeros(draws.shape, bool)
    state = on[0]
    for t, draw in enumerate(draws):
        state = np.where(state, draw >= stop, draw < start)
        on[t] = state
    return on


def _effort(traits: Traits, asleep: Bool[np.ndarray, "time example"], rng: np.random.Generator) -> Grid:
    """Share of the heart-rate reserve that walking and exercise call for."""
    awake = ~asleep
    often = _row(traits["activity"])
    walk = _spells(0.012 * often, 0.15, _uniform(asleep, rng)) & awake
    sport = _spells(0.002 * often, 0.05, _uniform(asleep, rng)) & awake
    strength = 1 + 0.15 * _normal(asleep, rng)
    return np.where(sport, 0.60 * strength, np.where(walk, 0.20 * strength, 0)).astype(np.float32)


def _response(call: Grid, traits: Traits) -> Grid:
    """The heart follows the call: up within about a minute, down within the person's recovery time."""
    up = np.float32(1 - np.exp(-1 / 1.2))
    down = 1 - np.exp(-1 / _row(traits["recovery"]))
    rise = np.zeros_like(call)
    level = rise[0]
    for t, wanted in enumerate(call):
        level = level + (wanted - level) * np.where(wanted > level, up, down)
        rise[t] = level
    return rise


def _smooth(asleep: Bool[np.ndarray, "time example"], minutes: float = 20.0) -> Grid:
    level = np.zeros(asleep.shape, np.float32)
    state = asleep[0].astype(np.float32)
    for t, wanted in enumerate(asleep):
        state = state + (wanted - state) / np.float32(minutes)
        level[t] = state
    return level


def _wander(traits: Traits, asleep: Bool[np.ndarray, "time example"], rng: np.random.Generator) -> Grid:
    """Changes from minute to minute that no effort explains."""
    return _normal(asleep, rng) * np.where(asleep, _row(traits["night_spread"]), _row(traits["day_spread"]))


def _steps(effort: Grid, rng: np.random.Generator) -> Grid:
    cadence = np.where(effort > 0.4, 150, 90) + 12 * _normal(effort, rng)
    return np.where(effort > 0, np.maximum(cadence, 1), 0).astype(np.float32)


def _wear(rate: Grid, steps: Grid, people: pd.DataFrame, traits: Traits, rng: np.random.Generator) -> Recording:
    """Noise, drop-outs and charging of the watch on the wrist; watches report whole numbers."""
    noise = _row(people["device"].map(NOISE))
    seen = np.clip(rate + noise * _normal(rate, rng), 30, 220)
    share = _row(people["device"].map(DROP_OUT_SHARES))
    stop = 1 / DROP_OUT_MINUTES
    lost = _spells(stop * share / (1 - share), stop, _uniform(rate, rng))
    minute = np.arange(len(rate), dtype=np.float32)[:, None] % DAY
    since_charging = minute - _row(traits["charging"])
    charging = (since_charging >= 0) & (since_charging < CHARGING_MINUTES)
    return Recording(
        rate=np.where(lost | charging, 0, seen.round()).astype(np.float32),
        steps=np.where(charging, 0, steps.round()).astype(np.float32),
    )
