"""Fits, heard and looked at while they train as they would without."""
