"""What the user hands over, checked before any work: each complaint says what is wrong, what was got, what to try."""
