"""Errors that Keras and TensorFlow throw, one family a file; each has `RULES`."""
