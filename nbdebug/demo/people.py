"""Who wears the watches: ages, body mass, conditions and the device on the wrist."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from jaxtyping import Float

LABELS = ("diabetes", "hypertension", "sleep_apnea", "high_cholesterol")
DEVICES = ("gen1", "gen2", "gen3")
DEVICE_SHARES = (0.25, 0.40, 0.35)
MISSING_SHARES = {"diabetes": 0.10, "hypertension": 0.15, "sleep_apnea": 0.30, "high_cholesterol": 0.20}


@dataclass(frozen=True)
class Risk:
    """Log odds of one condition: at 50 years, BMI 27, female; then per decade, per 5 kg/m2, and for men."""

    base: float
    decade: float
    bmi: float
    male: float


RISKS = {
    "diabetes": Risk(base=-1.7, decade=0.35, bmi=0.50, male=0.15),
    "hypertension": Risk(base=-0.8, decade=0.75, bmi=0.55, male=0.20),
    "sleep_apnea": Risk(base=-1.7, decade=0.20, bmi=0.60, male=0.70),
    "high_cholesterol": Risk(base=-0.6, decade=0.55, bmi=0.40, male=0.10),
}


def draw_people(n: int, rng: np.random.Generator) -> pd.DataFrame:
    """Age in years, sex, BMI in kg/m2 and device of `n` people, indexed by their ids."""
    age = np.clip(rng.normal(50, 14, n), 18, 85).round()
    bmi = np.clip(20 + rng.gamma(3.0, 2.3, n) + 0.02 * (age - 50), 17, 50).round(1)
    return pd.DataFrame(
        {
            "age": age.astype(int),
            "sex": rng.choice(["female", "male"], n),
            "bmi": bmi,
            "device": rng.choice(DEVICES, n, p=DEVICE_SHARES),
        },
        index=pd.Index([f"user-{i:05d}" for i in range(n)], name="user"),
    )


def draw_conditions(people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Who has which condition (True or False), drawn from the odds in `RISKS`."""
    decades = (people["age"] - 50) / 10
    excess = (people["bmi"] - 27) / 5
    male = (people["sex"] == "male").astype(float)
    conditions = {}
    for label, risk in RISKS.items():
        log_odds = risk.base + risk.decade * decades + risk.bmi * excess + risk.male * male
        conditions[label] = rng.random(len(people)) < 1 / (1 + np.exp(-log_odds))
    return pd.DataFrame(conditions, index=people.index)


def hide_some(conditions: pd.DataFrame, rng: np.random.Generator) -> dict[str, Float[np.ndarray, "example"]]:
    """The conditions as labels 0 and 1, with NaN where nobody was asked (`MISSING_SHARES`)."""
    labels = {}
    for label, share in MISSING_SHARES.items():
        known = conditions[label].to_numpy(np.float32)
        labels[label] = np.where(rng.random(len(known)) < share, np.float32(np.nan), known)
    return labels


def features(people: pd.DataFrame) -> Float[np.ndarray, "example feature"]:
    """What a model gets to know of each person: age in years, 1 for male, BMI. Not the device."""
    columns = [people["age"], people["sex"] == "male", people["bmi"]]
    return np.column_stack(columns).astype(np.float32)
