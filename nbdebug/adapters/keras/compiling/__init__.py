"""What the user gave `compile` and `fit`, as plain facts."""
