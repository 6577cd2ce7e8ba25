"""``iza build``: what every phase costs, and how much memory it takes, for a region of any size."""

from benchmarks.build.loop import measure

__all__ = ["measure"]
