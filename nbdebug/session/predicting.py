"""What a session answers of predictions: how good they are, against what, and on whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from nbdebug.adapters.scores import output_shares, output_tables
from nbdebug.errors import NbdebugError
from nbdebug.measure.baseline.held import hold_against
from nbdebug.measure.choices import pick_output
from nbdebug.measure.metrics import output_metrics
from nbdebug.measure.outcomes import THRESHOLD, with_threshold
from nbdebug.measure.slices.chosen import Chosen
from nbdebug.measure.slices.define import define
from nbdebug.measure.slices.searched_for import searched_for
from nbdebug.measure.worst import worst_first
from nbdebug.records.baseline import Baseline
from nbdebug.records.ports import Output
from nbdebug.records.progress import Progress, Pulse, still
from nbdebug.records.slice import Slice
from nbdebug.session.opened import Opened


class Predicting(Opened):
    """Predictions, metrics, baseline and slices."""

