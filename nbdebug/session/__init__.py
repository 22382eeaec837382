"""A model and data under the magnifying glass: the one place that knows everybody."""

from nbdebug.session.session import Session

__all__ = ["Session"]
