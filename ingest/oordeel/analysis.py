"""The analytical judgement of a delivery: beside what its source delivered before.

It depends on which deliveries the ledger has committed by then, so it only warns: nothing of it
reaches ``raw/`` or a mart, and ``iza report`` makes it again with what is known later.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.ledger import Ledger
from ingest.oordeel.comparing import Afwijking, Paar, Zijde, differences
from ingest.oordeel.parameters import Parameters, parameters
from ingest.oordeel.periods import Periode, read_period, references
from ingest.oordeel.profile import Profiel, profile_file, read_profile
from ingest.reading import Delivery


@dataclass(frozen=True)
class Analyse:
    """What was compared and what stands out.

    Attributes:
        vergeleken_met: earlier periods; none when there is nothing to compare with.
        toetsen: comparisons that were made.
        kans: chance that anything stands out of a delivery of a source that did not change.
        afwijkingen: what stands out.
    """

    vergeleken_met: list[str] = field(default_factory=list)
    toetsen: int = 0
    kans: float = 0.0
    afwijkingen: list[Afwijking] = field(default_factory=list)

    @classmethod
    def from_dict(cls, data: dict[str, Any] | None) -> Analyse:
        """Read it back from a report; reports of before have none."""
        if not data:
            return cls()
        found = [Afwijking(**each) for each in data["afwijkingen"]]
        return cls(data["vergeleken_met"], data["toetsen"], data["kans"], found)


def _by_period(delivery: Delivery, ledger: Ledger) -> dict[Periode, list[str]]:
    """Other deliveries of the source of which something was accepted, by period."""
    result: dict[Periode, list[str]] = {}
    for naam, levering_id in ledger.accepted_of(delivery.bron_id, delivery.soort):
        periode = read_period(naam)
        if periode and levering_id != delivery.levering_id:
            result.setdefault(periode, []).append(levering_id)
    return result


def compared_with(
    delivery: Delivery,
    profiel: Profiel,
    ledger: Ledger,
    home: Path,
    numbers: Parameters | None = None,
) -> list[Paar]:
    """A delivery beside the last period of its source and the same one a year ago.

    Args:
        delivery: which.
        profiel: what is in it.
        ledger: what was committed; the delivery itself may be among it.
        home: where profiles are.
        numbers: of the rules; those of ``schemas/analytisch.toml`` when left out.

    Returns:
        None, one or two pairs; none without a period, or when nothing was accepted.
    """
    numbers = numbers or parameters()
    nu = read_period(delivery.periode)
    if nu is None or not profiel.tabellen:
        return []
    known = _by_period(delivery, ledger)

    def profiles(periode: Periode) -> list[Profiel]:
        found = known.get(periode, [])
        if len(found) > numbers.meeste_leveringen:
            return []
        read = (read_profile(profile_file(home, delivery.bron_id, each)) for each in found)
        return [each for each in read if each]

    full = delivery.bron_id in numbers.eerste_periode_vol
    same = Zijde.of([profiel, *profiles(nu)])
    return [
        Paar(
            levering=profiel,
            nu=same,
            toen=Zijde.of(before),
            periode=reference.periode.naam,
            is_season=reference.is_season,
            is_year=nu.is_year,
            bron_id=delivery.bron_id,
        )
        for reference in references(nu, [*known, nu], zonder_eerste=full)
        if (before := profiles(reference.periode))
    ]


def analyse(pairs: list[Paar], bron_id: str, numbers: Parameters | None = None) -> Analyse:
    """Judge a delivery beside earlier periods.

    Args:
        pairs: of ``compared_with``.
        bron_id: the source.
        numbers: of the rules; those of ``schemas/analytisch.toml`` when left out.

    Returns:
        The periods, the number of comparisons and what stands out.
    """
    if not pairs:
        return Analyse()
    numbers = numbers or parameters()
    made, found = differences(pairs, numbers, bron_id)
    return Analyse([pair.periode for pair in pairs], made, round(numbers.kans, 6), found)
