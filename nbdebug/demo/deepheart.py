"""Days of heart rate and steps from people who may have four conditions: wearable data with known truth."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from jaxtyping import Float

from nbdebug.demo.people import LABELS, draw_conditions, draw_people, features, hide_some
from nbdebug.demo.physiology import draw_traits, simulate
from nbdebug.errors import NbdebugError

TIME_STEP = "1min"
CHANNELS = ("heart rate (bpm)", "steps (per min)")
FEATURES = ("age (years)", "male", "BMI (kg/m2)")
_AT_ONCE = 256


@dataclass(frozen=True)
class Deepheart:
    """What `deepheart` returns.

    Args:
        x: heart rate in bpm (0 where the watch saw none) and steps a minute, a position a minute.
        y: labels 0 and 1 by output, NaN where missing.
        metadata: age, sex, bmi and device, a row an example, indexed by user.
        conditions: the truth behind `y`, nothing missing.
        traits: the truth behind `x`; see `nbdebug.demo.physiology.draw_traits`.
    """

    x: Float[np.ndarray, "example time channel"]
    y: dict[str, Float[np.ndarray, "example"]]
    metadata: pd.DataFrame
    conditions: pd.DataFrame
    traits: pd.DataFrame

    @property
    def inputs(self) -> dict[str, Float[np.ndarray, "example *axes"]]:
        """What the shipped models take: `heart` (example, time, channel) and `metadata` (example, feature)."""
        return {"heart": self.x, "metadata": features(self.metadata)}


def deepheart(n: int, steps: int = 4096, seed: int = 0) -> Deepheart:
    """Wearable data of `n` made-up people, with every cause known.

    The setting is that of Ballinger et al. (2018), "DeepHeart: Semi-Supervised Sequence Learning for Cardiovascular
    Risk Prediction", AAAI: heart rate and steps of a wrist-worn watch, a few labels of which many are missing, and a
    little metadata. All recordings start at midnight and have one position a minute (`TIME_STEP`), so that 4,096
    positions are nearly three days and nights.

    A gap (watch off the wrist, charging, or lost sight of the pulse) is a heart rate of 0 bpm, as several watches
    export it. Nobody's heart beats at 0, so a network can tell a gap apart without a mask or custom code; a statistic
    over `x` should leave the zeros out.

    What is planted, and where it comes from. Directions are from the sources; sizes are chosen so that 4,096 minutes
    are enough to find them. Effects of a condition vary from person to person by a factor of 0.6 to 1.4.

    - diabetes -> slower recovery: the rise of heart rate after exercise falls to 1/e in 2 minutes, in twice that with
      diabetes. Cole et al. (1999), N Engl J Med 341:1351 for heart-rate recovery; Panzer et al. (2002), Diabetes Care
      25:925 for its link to glucose.
    - diabetes -> resting heart rate 5 bpm higher: Carnethon et al. (2003), Circulation 107:2190.
    - sleep apnea -> nights more variable (spread between minutes about 2.5 times as large) and a shallower nightly dip
      (5 in place of 10 bpm), days unchanged: cyclical variation of heart rate, Guilleminault et al. (1984), Lancet
      1:126. Its cycles of about a minute are shorter than two positions and so show as scatter from minute to minute.
      People differ in how variable their hearts are, so only night against day tells.
    - age, BMI and sex -> all four conditions (odds in `nbdebug.demo.people.RISKS`): Young et al. (1993), N Engl J Med
      328:1230 for sleep apnea; Narayan et al. (2007), Diabetes Care 30:1562 for diabetes; Brown et al. (2000), Obes
      Res 8:605 for hypertension and cholesterol. Hypertension and high cholesterol leave no trace of their own in the
      heart rate: a model cannot beat its metadata there, and one that seems to has been lucky.
    - age -> maximal heart rate 208 - 0.7 age: Tanaka et al. (2001), J Am Coll Cardiol 37:153.
    - resting heart rate differs by about 7 bpm between people and rises with BMI: Quer et al. (2020), PLoS ONE
      15:e0227709.
    - device -> error: optical watches differ in accuracy (Bent et al. (2020), npj Digit Med 3:18). `gen1` adds 7 bpm
      of noise and loses a fifth of the minutes, `gen3` 1 bpm and 3 %. Device depends on nothing else.
    - missing labels: 10 to 30 % by label, at random.

    Args:
        n: how many examples.
        steps: how many minutes each.
        seed: the same seed gives the same data, to the bit.

    Raises:
        NbdebugError: fewer than one example or minute was asked for.
    """
    if n < 1 or steps < 1:
        raise NbdebugError("There is nothing to make.", got=f"n={n}, steps={steps}", fix="n=256, steps=4096")
    rng = np.random.default_rng(seed)
    people = draw_people(n, rng)
    conditions = draw_conditions(people, rng)
    labels = hide_some(conditions, rng)
    traits = draw_traits(people, conditions, rng)
    x = np.empty((n, steps, len(CHANNELS)), np.float32)
    for start in range(0, n, _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        recording = simulate(people.iloc[part], traits.iloc[part], steps, rng)
        x[part, :, 0], x[part, :, 1] = recording.rate.T, recording.steps.T
    return Deepheart(x=x, y=labels, metadata=people, conditions=conditions[list(LABELS)], traits=traits)
