"""The answer to the sender of a delivery: what was accepted, what was not, and what to do."""
