"""How likely a difference is when the source did not change.

Counts: two overdispersed Poisson counts of equal mean, whose levels vary by a relative standard
deviation s between periods (negative binomial, of size 1/s²). On the scale of logarithms the
difference has variance 1/n1 + 1/n0 + 2 s². Shares: two beta-binomial counts of equal mean share and
intraclass correlation r; each share has variance p(1 - p)(1 + (n - 1) r)/n. For small shares the
normal approximation errs on one side of zero with a pooled variance and on the other with a
stabilised one, so the smaller of the two statistics counts. ``tests/unit/test_oordeel_kansen.py``
simulates both.
"""

from __future__ import annotations

from math import asin, erfc, log, sqrt


def _two_sided(z: float) -> float:
    return erfc(z / sqrt(2))


def chance_of_counts(n1: int, n0: int, spreiding: float) -> float:
    """Chance of a difference between two counts at least this large, either way.

    Args:
        n1: one count.
        n0: the other.
        spreiding: relative standard deviation of the level between the two periods.
    """
    a, b = n1 + 0.5, n0 + 0.5
    return _two_sided(abs(log(a / b)) / sqrt(1 / a + 1 / b + 2 * spreiding**2))


def chance_of_shares(k1: int, n1: int, k0: int, n0: int, correlatie: float) -> float:
    """Chance of a difference between two shares at least this large, either way.

    Args:
        k1: records with the property, of ``n1``.
        n1: records.
        k0: records with the property, of ``n0``.
        n0: records.
        correlatie: intraclass correlation within a period.
    """
    pooled = (k1 + k0) / (n1 + n0)
    if pooled in (0.0, 1.0):
        return 1.0
    unit = sum((1 + (n - 1) * correlatie) / n for n in (n1, n0))
    plain = abs(k1 / n1 - k0 / n0) / sqrt(pooled * (1 - pooled) * unit)
    angles = [asin(sqrt(k / n)) for k, n in ((k1, n1), (k0, n0))]
    stabilised = 2 * abs(angles[0] - angles[1]) / sqrt(unit)
    return _two_sided(min(plain, stabilised))
