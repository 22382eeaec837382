"""Slices: sets of examples told by conditions, and how much worse the model is on them."""
