"""Does training move? Each alarm is confirmed by training two copies, one of them mended."""
