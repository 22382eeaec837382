"""What flows: frozen dataclasses holding numpy arrays. They know no framework and do not draw themselves."""

from nbdebug.records.activations import Activations
from nbdebug.records.grid import Grid
from nbdebug.records.layer import Layer
from nbdebug.records.ports import Input, Output
from nbdebug.records.selection import Selection
from nbdebug.records.sensitivity import Sensitivity
from nbdebug.records.statistics import Histogram, UnitStatistics

__all__ = ["Activations", "Grid", "Histogram", "Input", "Layer", "Output", "Selection", "Sensitivity", "UnitStatistics"]
