"""What the pictures of an output's metrics show, as arrays no longer than a picture is wide."""

from nbdebug.measure.curves.calibration import calibration
from nbdebug.measure.curves.confusion import binary_confusion, confusion
from nbdebug.measure.curves.ranks import precision_recall, roc_curve
from nbdebug.measure.curves.residuals import residuals

__all__ = ["binary_confusion", "calibration", "confusion", "precision_recall", "residuals", "roc_curve"]
