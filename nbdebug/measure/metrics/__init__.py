"""The metrics of one output, each with its interval and its count: `table.py` measures, `all.py` lists them."""

from nbdebug.measure.metrics.table import COLUMNS, basic_metrics, output_metrics

__all__ = ["COLUMNS", "basic_metrics", "output_metrics"]
