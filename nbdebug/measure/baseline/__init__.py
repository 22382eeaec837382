"""Is the network better than a model that sees the metadata only: `fit.py` fits that model, `compare.py` compares."""

from nbdebug.measure.baseline.compare import compare, gain_by_slice
from nbdebug.measure.baseline.fit import fit_baseline

__all__ = ["compare", "fit_baseline", "gain_by_slice"]
