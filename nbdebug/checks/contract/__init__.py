"""Do the last activation, the loss, the width of the head and the labels agree? Certain, and before any training."""
