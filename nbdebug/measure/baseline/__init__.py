"""Is the network better than a model that sees the metadata only: `fit.py` fits that model, `compare.py` compares."""

from nbdebug.measure.baseline.compare import compare
from nbdebug.measure.baseline.fit import fit_baseline
from nbdebug.measure.baseline.gains import gain_by_slice

__all__ = ["compare", "fit_baseline", "gain_by_slice"]
