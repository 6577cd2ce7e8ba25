"""How much is measured; the environment can say otherwise."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Sizes:
    """Sizes, each from ``IZA_BENCH_<NAME>`` when that is set.

    Attributes:
        mb: megabytes of NDJSON.
        copies: how many times that much is read to see that memory does not grow.
        sample: resources of the file that the slow contenders read.
        times: how often our runner and the hand-written query run; the best counts.
        spark: how many of the shapes PySpark flattens, counted from the first.
    """

    mb: int = 1_100
    copies: int = 3
    sample: int = 3_000
    times: int = 2
    spark: int = 9


def sizes() -> Sizes:
    """The sizes of this run."""
    given = {f.name: os.environ.get(f"IZA_BENCH_{f.name.upper()}") for f in fields(Sizes)}
    return Sizes(**{name: int(value) for name, value in given.items() if value})
