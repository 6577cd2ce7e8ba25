"""Which source is in for which period; plain functions over intake reports and the ledger.

An announcement says: this source is in for this period. The build starts once every required
source has been announced for the same period.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

#: Period of a delivery whose sender named none; it completes no period.
ONBEKEND = "onbekend"
_LOADED = ("geaccepteerd", "deels")


@dataclass(frozen=True)
class Stand:
    """What the ledger, or this run, knows of one delivery."""

    bron_id: str
    periode: str
    status: str


@dataclass(frozen=True)
class Aankondiging:
    """A source that is in for a period, with counts and nothing that identifies anyone."""

    bron_id: str
    periode: str
    extra: dict[str, int | str] = field(default_factory=dict)


def _newest(periods: Iterable[str]) -> str | None:
    return max((p for p in periods if p != ONBEKEND), default=None)


def announce(bron_id: str, reports: Sequence[dict], ledger: Sequence[Stand]) -> Aankondiging | None:
    """Decide what to announce for one source after a run of intake.

    A source that delivered is announced for the newest period it delivered: one build takes all
    committed deliveries, so a history loaded at once needs one build, not one a year. A source that
    did not deliver now but is in for the newest period of this run is announced again; so a
    correction by one source starts a build without the others delivering anew.

    Args:
        bron_id: the source.
        reports: what ``laad`` returned for every delivery of this run.
        ledger: the committed deliveries.

    Returns:
        The announcement, or None when the source is not in.
    """
    loaded = [report for report in reports if report["status"] in _LOADED]
    own = [report for report in loaded if report["bron_id"] == bron_id]
    if (periode := _newest(report["periode"] for report in own)) is not None:
        totals = {
            key: sum(report[key] for report in own)
            for key in ("aangeleverd", "geaccepteerd", "quarantaine", "dubbel")
        }
        return Aankondiging(bron_id, periode, {"leveringen": len(own), **totals})
    periode = _newest(report["periode"] for report in loaded)
    if periode is not None and bron_id not in missing_sources([bron_id], periode, ledger):
        return Aankondiging(bron_id, periode, {"leveringen": 0})
    return None


def missing_sources(
    required: Iterable[str], periode: str, ledger: Sequence[Stand]
) -> tuple[str, ...]:
    """The required sources of which nothing was accepted for ``periode``, in order."""
    present = {s.bron_id for s in ledger if s.periode == periode and s.status in _LOADED}
    return tuple(bron_id for bron_id in required if bron_id not in present)


def newest_period(ledger: Sequence[Stand]) -> str | None:
    """The newest period of which anything was accepted; None for an empty ledger."""
    return _newest(stand.periode for stand in ledger if stand.status in _LOADED)
