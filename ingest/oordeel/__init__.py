"""Judgement of a delivery as a whole: its sender, thresholds, and how it differs from before."""
