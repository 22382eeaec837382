"""Copies of a model, made and trained beside it for checks to hold against each other."""
