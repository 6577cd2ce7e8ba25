"""One FHIR source, block of persons and year: ids, moments, lines, counts and truth together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from synthetic import fhir_feiten, fhir_regels
from synthetic.aandoeningen import ATC, SNOMED
from synthetic.fhir_regels import Kern
from synthetic.gegevens import calibration
from synthetic.kalender import JAREN, first_day, in_daytime, iso, last_day
from synthetic.kans import quota
from synthetic.kenmerken import resource_ids
from synthetic.klinisch.vastgelegd import Vastgelegd
from synthetic.leveringen import Leveringen
from synthetic.personen import Personen
from synthetic.regels import column
from synthetic.waarheid import Waarheid
from synthetic.wereld import Wereld

#: Sources by number; the number and that of the type below keep resource ids apart.
BRONNEN = ("fhir-ziekenhuizen", "fhir-huisartsen")
TYPEN = ("Patient", "Encounter", "Condition", "Observation", "MedicationRequest", "Procedure")
#: Types of the rest of the set, numbered behind the others. Only ever append.
KERNTYPEN = (
    "AllergyIntolerance", "MedicationStatement", "MedicationDispense", "Immunization", "Consent",
    "Flag", "CareTeam", "Coverage", "EpisodeOfCare", "Specimen", "DiagnosticReport",
    "ImagingStudy", "Composition", "CarePlan", "Goal", "QuestionnaireResponse", "Organization",
    "Location", "PractitionerRole",
)  # fmt: skip
OP_TIJD = (1, 1_200)  # minutes until available, within 24 hours also when the clock changes
TE_LAAT = (1_560, 28_800)


def _kind(bron: str, soort: str) -> int:
    """Number that keeps the ids of a type in a source apart from all others."""
    if soort in TYPEN:
        return BRONNEN.index(bron) * len(TYPEN) + TYPEN.index(soort) + 1
    first = len(BRONNEN) * len(TYPEN) + 1
    return first + KERNTYPEN.index(soort) * len(BRONNEN) + BRONNEN.index(bron)


def patient_ids(seed: int, bron: str, nummers: NDArray[np.int64]) -> NDArray[np.bytes_]:
    """Ids under which a source knows persons; they say nothing about the BSN."""
    return resource_ids(seed, BRONNEN.index(bron) * len(TYPEN) + 1, nummers)


@dataclass
class FhirBlok:
    """Writer of one source, block and year.

    Attributes:
        wereld: tables of the region.
        leveringen: the folder.
        waarheid: the truth, which counts along.
        bron: source.
        jaar: year of the delivery.
        blok: number of the block.
        persoon: the persons of the block.
        rng: generator of this source, block and year.
        op_tijd: share of kerngegevens within 24 hours per zorgaanbieder.
        aanwezig: persons with anything in this delivery.
        contacten: contacts that begin in this year: persons, zorgaanbieders, ids, classes, starts.
        diagnosen: diagnoses of this year, in the same form.
        vastgelegd: what was recorded about the block in all years, for the truth.
    """

    wereld: Wereld
    leveringen: Leveringen
    waarheid: Waarheid
    bron: str
    jaar: int
    blok: int
    persoon: Personen
    rng: np.random.Generator
    op_tijd: NDArray[np.float64]
    aanwezig: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    contacten: list[tuple[NDArray, ...]] = field(default_factory=list)
    diagnosen: list[tuple[NDArray, ...]] = field(default_factory=list)
    vastgelegd: Vastgelegd = field(default_factory=Vastgelegd)
    _reeks: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        self.aanwezig = np.zeros(len(self.persoon), dtype=bool)
        self.agb = column(self.wereld.zorgaanbieders.agb)
        soorten = self.wereld.soorten
        self.heart_failure = (soorten.snomed[soorten.hartfalen], soorten.icpc[soorten.hartfalen])
        numbers_ = self.persoon.eerste + np.arange(len(self.persoon))
        self.patient = patient_ids(self.wereld.seed, self.bron, numbers_)

    def new_ids(self, soort: str, n: int) -> NDArray[np.bytes_]:
        """Ids for ``n`` new resources of a type."""
        start = (self.blok * len(JAREN) + JAREN.index(self.jaar)) * 10_000_000 + self._reeks[soort]
        self._reeks[soort] += n
        return resource_ids(self.wereld.seed, _kind(self.bron, soort), start + np.arange(n))

    def append(self, soort: str, inhoud: bytes, n: int) -> None:
        """Append lines to the file of a type and count them."""
        self.leveringen.append(self.bron, self.jaar, f"{soort}.ndjson", inhoud, n)
        self.leveringen.count(self.bron, self.jaar, soort, n)

    def new_kern(
        self,
        soort: str,
        who: NDArray[np.int64],
        aanbieder: NDArray[np.int64],
        beschikbaar: NDArray[np.int64],
    ) -> Kern:
        """Ids and provenance of new resources; their persons are now in this delivery."""
        self.aanwezig[who] = True
        ids = self.new_ids(soort, len(who))
        return Kern(ids, self.patient[who], beschikbaar, self.agb[aanbieder])

    def tally(
        self,
        onderdeel: str,
        geregistreerd: NDArray[np.int64] | None,
        beschikbaar: NDArray[np.int64],
        aanbieder: NDArray[np.int64] | None = None,
        codes: tuple[str | NDArray[np.bytes_], bytes | NDArray[np.bytes_]] | None = None,
    ) -> None:
        """Count new resources for the truth: by clock and, when coded, by system and code.

        Args:
            onderdeel: name they are counted under.
            geregistreerd: moment of registration; None when FHIR has no element for it.
            beschikbaar: moment at which they became available.
            aanbieder: zorgaanbieders, None for what belongs to none.
            codes: code system and codes.
        """
        counts = self.waarheid.tellingen
        where = np.full(len(beschikbaar), -1) if aanbieder is None else aanbieder
        counts.count_clock(self.bron, onderdeel, where, geregistreerd, beschikbaar)
        if codes is not None:
            counts.count_codes(self.bron, onderdeel, *codes, len(beschikbaar))

    def available(
        self, aanbieder: NDArray[np.int64], geregistreerd: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Moment at which kerngegevens became available; the truth counts them."""
        n = len(aanbieder)
        in_time = quota(self.rng, aanbieder, self.op_tijd)
        delay = np.where(
            in_time, self.rng.integers(*OP_TIJD, size=n), self.rng.integers(*TE_LAAT, size=n)
        )
        self.waarheid.count("kerngegevens_binnen_24_uur", self.jaar, aanbieder, in_time)
        return geregistreerd + delay

    def contacts(
        self,
        who: NDArray[np.int64],
        aanbieder: NDArray[np.int64],
        klasse: NDArray[np.int64],
        prioriteit: NDArray[np.int64],
        reden: tuple[str, NDArray[np.bytes_]],
        begin: NDArray[np.int64],
        eind: NDArray[np.int64],
        bekend: tuple[NDArray[np.bytes_], bytes] | None = None,
    ) -> NDArray[np.bytes_]:
        """Write contacts; one that ends after this year is delivered as still going on.

        Args:
            who: persons.
            aanbieder: zorgaanbieders.
            klasse: position in ``KLASSEN``.
            prioriteit: position in ``PRIORITEITEN``.
            reden: code system and codes.
            begin: start, a moment.
            eind: end, a moment.
            bekend: ids and version of contacts that were delivered before; new ones otherwise.

        Returns:
            The ids.
        """
        close = (last_day(self.jaar) + 1) * 1440
        shown = np.where(eind < close, eind, -1)
        kern = self.new_kern("Encounter", who, aanbieder, np.minimum(eind, close - 120) + 60)
        if bekend is not None:
            kern = Kern(bekend[0], kern.patient, eind + 60, kern.agb, bekend[1])
        else:
            self.contacten.append((who, aanbieder, kern.id, klasse, begin))
            self.tally("Encounter", None, kern.beschikbaar, aanbieder, reden)
            ends = (begin, eind, kern.beschikbaar)
            self.vastgelegd.add("contact", who, aanbieder, klasse, prioriteit, reden[1], *ends)
        text = fhir_regels.encounter_lines(kern, klasse, prioriteit, reden, begin, shown)
        self.append("Encounter", text, len(who))
        return kern.id

    def conditions(
        self,
        who: NDArray[np.int64],
        aanbieder: NDArray[np.int64],
        contact: NDArray[np.bytes_],
        diagnose: tuple[str, NDArray[np.bytes_]],
        moment: NDArray[np.int64],
        *,
        verworpen: bool = False,
    ) -> None:
        """Write diagnoses, registered within the hour after ``moment``."""
        registered = moment + self.rng.integers(1, 60, size=len(who))
        since = registered // 1440 - self.rng.integers(0, 2_000, size=len(who))
        since = np.maximum(since, self.persoon.geboren[who])
        # Heart failure begins in the year it is first recorded, so that "known in a year" is the
        # same by onset and by registration.
        hf = np.isin(diagnose[1], self.heart_failure)
        since = np.where(hf, np.maximum(since, first_day(self.jaar)), since)
        kern = self.new_kern("Condition", who, aanbieder, self.available(aanbieder, registered))
        refuted = np.full(len(who), verworpen)
        self.diagnosen.append((who, aanbieder, kern.id, np.full(len(who), -1), registered))
        text = fhir_feiten.condition_lines(
            kern, contact, *diagnose, iso(since), registered, verworpen=refuted
        )
        self.append("Condition", text, len(who))
        if not verworpen:
            self.vastgelegd.add("diagnose", who, diagnose[1], registered)
        self.tally("Condition", registered, kern.beschikbaar, aanbieder, diagnose)

    def medications(
        self,
        who: NDArray[np.int64],
        aanbieder: NDArray[np.int64],
        contact: NDArray[np.bytes_],
        atc: NDArray[np.bytes_],
        moment: NDArray[np.int64],
        eind: NDArray[np.int64] | None = None,
    ) -> None:
        """Write medication agreements; rows without a code are left out.

        ``eind`` is the day on which the use ends, -1 for use without an end.
        """
        some = atc != b""
        until = np.full(len(who), -1) if eind is None else eind
        who, aanbieder, contact, atc, until = (
            column[some] for column in (who, aanbieder, contact, atc, until)
        )
        registered = moment[some] + self.rng.integers(1, 60, size=len(who))
        self.vastgelegd.add("medicatie", who, atc, registered, until)
        kern = self.new_kern(
            "MedicationRequest", who, aanbieder, self.available(aanbieder, registered)
        )
        text = fhir_feiten.medication_lines(kern, contact, atc, registered, until)
        self.append("MedicationRequest", text, len(who))
        self.tally("MedicationRequest", registered, kern.beschikbaar, aanbieder, (ATC, atc))

    def procedures(
        self,
        who: NDArray[np.int64],
        aanbieder: NDArray[np.int64],
        contact: NDArray[np.bytes_],
        code: NDArray[np.bytes_],
        dag: NDArray[np.int64],
    ) -> None:
        """Write procedures; rows without a code are left out."""
        some = code != b""
        moment = in_daytime(self.rng, dag[some])
        kern = self.new_kern("Procedure", who[some], aanbieder[some], moment + 240)
        text = fhir_feiten.procedure_lines(kern, contact[some], code[some], moment)
        self.append("Procedure", text, int(some.sum()))
        self.vastgelegd.add("verrichting", who[some], aanbieder[some], code[some], moment)
        self.tally("Procedure", None, kern.beschikbaar, aanbieder[some], (SNOMED, code[some]))


def share_in_time(wereld: Wereld) -> NDArray[np.float64]:
    """Planned share of kerngegevens within 24 hours per zorgaanbieder."""
    types = ("umc", "stz", "algemeen_ziekenhuis", "ggz", "huisartsenpraktijk", "zbc")
    basis = 1 - calibration()["kerngegevens_laat"]
    return wereld.zorgaanbieders.share("kerngegevens_binnen_24_uur", types, basis, wereld.omvang)
