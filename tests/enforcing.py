"""The run-time type checker of the tests."""

from beartype import BeartypeConf, beartype

enforced = beartype(conf=BeartypeConf(is_pep484_tower=True))
"""An int is a float here, as it is for mypy."""
