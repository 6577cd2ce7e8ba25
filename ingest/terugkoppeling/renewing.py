"""The answer to a sender, renewed after the build that first read the delivery."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ingest.durable import write_file
from ingest.ledger import CommittedDelivery, Ledger
from ingest.oordeel.analysis import analyse, compared_with
from ingest.oordeel.profile import profile_file, read_profile
from ingest.reading import Delivery
from ingest.report import IntakeReport, Reden, reason_texts
from ingest.settings import Settings
from ingest.terugkoppeling.cijfers import Cijfers, own_figures
from ingest.terugkoppeling.files import RAPPORT_HTML, RAPPORT_JSON, as_json, read_content
from ingest.terugkoppeling.page import page
from ingest.terugkoppeling.single import write_singles
from ingest.terugkoppeling.spiegel import by_provider, renewed
from ingest.terugkoppeling.vergelijking import beside
from ingest.writing import feedback_folder

Json = dict[str, Any]


@dataclass(frozen=True)
class Bouw:
    """The build that read deliveries for the first time, and the one before it.

    Attributes:
        bouw_id: this build.
        vorige: the build that was current before it and did not read them; when it is None, the
            one that was current when a delivery was loaded.
        geweigerd: what it refused of a delivery that intake had accepted, by delivery.
        leveringen: deliveries it read first, by source.
    """

    bouw_id: str
    vorige: str | None
    geweigerd: dict[str, list[Reden]]
    leveringen: dict[str, int]


def _refused(found: list[Reden]) -> list[Json]:
    """As the reasons of the report are, which the page shows alike."""
    texts = reason_texts()
    return [
        {
            "code": reden.code,
            "record": reden.tabel,
            "aantal": reden.aantal,
            "omschrijving": texts.get(reden.code, {}).get("omschrijving", ""),
            "wat_te_doen": texts.get(reden.code, {}).get("wat_te_doen", ""),
            "gevolg": False,
            "elementen": [],
            "voorbeelden": [
                {**reden.voorbeeld, "element_naam": None, "positie": None, "toelichting": None}
            ],
        }
        for reden in found
    ]


def _figures(
    known: dict[tuple[str | None, str], Cijfers], bouw_id: str | None, bron: str, s: Settings
) -> Cijfers:
    if (bouw_id, bron) not in known:
        known[bouw_id, bron] = own_figures(s.home, bouw_id, bron, s.min_cell)
    return known[bouw_id, bron]


class Renewer:
    """Renews answers after one build; figures of a source are read once.

    Args:
        bouw: the build.
        ledger: what was committed.
        settings: says where everything is.
    """

    def __init__(self, bouw: Bouw, ledger: Ledger, settings: Settings) -> None:
        self._bouw, self._ledger, self._settings = bouw, ledger, settings
        self._known: dict[tuple[str | None, str], Cijfers] = {}

    def renew(self, read: CommittedDelivery) -> bool:
        """Renew the answer of one delivery, which this worker alone works on meanwhile.

        The comparison with earlier periods is made again as well: deliveries that came at the same
        time are known by now.

        Args:
            read: an accepted delivery, as the build read it.

        Returns:
            Whether there was an answer of this make to renew. One that was loaded anew since is
            left to the next build.

        Raises:
            OSError: it cannot be read or written.
        """
        with self._ledger.hold(read.levering_id, self._settings) as claim:
            found = self._ledger.find(read.levering_id)
            if found is None or found.bestanden != read.bestanden:
                return False
            delivery = Delivery(found.bron_id, found.soort, found.periode, found.levering_id, ())  # type: ignore[arg-type]
            folder = feedback_folder(self._settings.home, delivery)
            content = read_content(folder)
            if content is not None:
                after = content | self._again(found, delivery, content)
                _replace(folder, after)
                voor, na = self._both(delivery.bron_id, content)
                write_singles(folder, after, by_provider(after["spiegel"], voor, na))
            self._ledger.note(
                found.levering_id, claim.houder, "teruggekoppeld", {"bouw": self._bouw.bouw_id}
            )
        return content is not None

    def _both(self, bron_id: str, content: Json) -> tuple[Cijfers, Cijfers]:
        """Figures of the source before this build and of it."""
        vorige = self._bouw.vorige or content["spiegel"]["bouw_voor"]
        return (
            _figures(self._known, vorige, bron_id, self._settings),
            _figures(self._known, self._bouw.bouw_id, bron_id, self._settings),
        )

    def _again(self, found: CommittedDelivery, delivery: Delivery, content: Json) -> Json:
        report = IntakeReport.from_dict(found.rapport, herhaling=False)
        profiel = read_profile(
            profile_file(self._settings.home, delivery.bron_id, delivery.levering_id)
        )
        pairs = (
            compared_with(delivery, profiel, self._ledger, self._settings.home) if profiel else []
        )
        report = replace(report, analyse=analyse(pairs, delivery.bron_id))
        bouw = self._bouw
        voor, na = self._both(delivery.bron_id, content)
        return {
            "analyse": asdict(report.analyse),
            "vergelijking": beside(pairs, report),
            "spiegel": renewed(
                content["spiegel"], voor, na, bouw.leveringen.get(delivery.bron_id, 1)
            ),
            "bouw": {
                "bouw_id": bouw.bouw_id,
                "geweigerd": _refused(bouw.geweigerd.get(delivery.levering_id, [])),
            },
        }


def _replace(folder: Path, content: Json) -> None:
    """Replace both files, each in one step: who reads one sees the old or the new one."""
    for name, text in ((RAPPORT_JSON, as_json(content)), (RAPPORT_HTML, page(content))):
        write_file(folder / name, text.encode())
