"""A model over data in partitions, on one machine or many, with dask: one model a worker."""

from nbdebug.adapters.in_parts.parts import Parts

__all__ = ["Parts"]
