"""Where the parts of the kerngegevens set hang: the contacts of one source, block and year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from synthetic.fhir_levering import OP_TIJD, TE_LAAT, FhirBlok
from synthetic.fhir_regels import IMP, Kern
from synthetic.gegevens import table
from synthetic.kans import choose, quota
from synthetic.kern.elementen import agb_reference, reference
from synthetic.kern.sjabloon import Sjabloon, resource_lines
from synthetic.regels import column

_ALLE = ""  # the row of tijdigheid.csv for every zorgaanbieder without a row of its own


@dataclass(frozen=True)
class Rijen:
    """Contacts that resources hang on.

    Attributes:
        wie: persons.
        aanbieder: zorgaanbieders.
        contact: ids of the contacts.
        klasse: position in ``fhir_regels.KLASSEN``.
        begin: start of the contact, a moment.
    """

    wie: NDArray[np.int64]
    aanbieder: NDArray[np.int64]
    contact: NDArray[np.bytes_]
    klasse: NDArray[np.int64]
    begin: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.wie)

    def take(self, rijen: NDArray) -> Rijen:
        """The rows of a mask or of positions."""
        values = (getattr(self, name)[rijen] for name in self.__dataclass_fields__)
        return Rijen(*values)


@dataclass(frozen=True)
class Codes:
    """One code a row.

    Attributes:
        stelsel: code systems.
        code: codes.
        keuze: position in the list they were drawn from.
    """

    stelsel: NDArray[np.bytes_]
    code: NDArray[np.bytes_]
    keuze: NDArray[np.int64]


class KernBlok:
    """Writer of the kerngegevens of one source, block and year.

    Attributes:
        blok: writer of the contacts they hang on.
        rng: generator of their own, so that they change nothing else.
        kans: column of ``kern_kansen.csv`` that holds for this source.
    """

    def __init__(self, blok: FhirBlok, rng: np.random.Generator) -> None:
        self.blok = blok
        self.rng = rng
        self.kans = "kans_ziekenhuis" if blok.bron == "fhir-ziekenhuizen" else "kans_huisarts"

    @cached_property
    def contacten(self) -> Rijen:
        """All contacts that begin in this year."""
        parts = zip(*self.blok.contacten, strict=True)
        return Rijen(*(np.concatenate(part) for part in parts))

    def diagnoses(self) -> Rijen:
        """The diagnoses of this year; ``contact`` holds the id of the diagnosis."""
        parts = zip(*self.blok.diagnosen, strict=True)
        return Rijen(*(np.concatenate(part) for part in parts))

    def chosen(self, naam: str, uit: Rijen | None = None) -> Rijen:
        """Contacts with a part of the set, by its chance in ``kern_kansen.csv``."""
        rows = self.contacten if uit is None else uit
        (chance,) = (float(r[self.kans]) for r in table("kern_kansen") if r["naam"] == naam)
        return rows.take(self.rng.random(len(rows)) < chance)

    def admissions(self) -> Rijen:
        """The admissions among the contacts."""
        return self.contacten.take(self.contacten.klasse == IMP)

    def older(self, rijen: Rijen, band: int) -> Rijen:
        """The rows of persons of an age band or above."""
        return rijen.take(self.blok.persoon.band[rijen.wie] >= band)

    def drawn(self, soort: str, rijen: Rijen) -> Codes:
        """Draw a code a row from ``kern_codes.csv``; some zorgaanbieders use codes of their own."""
        rows = [row for row in table("kern_codes") if row["soort"] == soort]
        choice = choose(self.rng, np.array([float(r["gewicht"]) for r in rows]), len(rijen))
        systems, found = (column([r[k] for r in rows])[choice] for k in ("stelsel", "code"))
        own = column([r["lokaal"] for r in rows])[choice]
        for agb, system in self.local(soort):
            here = (rijen.aanbieder == agb) & (own != b"")
            systems = np.where(here, system, systems)
            found = np.where(here, own, found)
        return Codes(systems, found, choice)

    def local(self, soort: str) -> list[tuple[int, bytes]]:
        """Zorgaanbieders that use codes of their own for a kind of code, and their system."""
        position = self.blok.wereld.zorgaanbieders.position
        return [
            (position(row["zorgaanbieder_id"]), row["stelsel"].encode())
            for row in table("kern_lokaal")
            if row["soort"] == soort
        ]

    def registered(self, rijen: Rijen) -> NDArray[np.int64]:
        """Moment of registration, within the hour after the contact began."""
        return rijen.begin + self.rng.integers(5, 60, size=len(rijen))

    def new(
        self,
        soort: str,
        rijen: Rijen,
        geregistreerd: NDArray[np.int64],
        *,
        klok: bool = True,
        onderdeel: str = "",
    ) -> Kern:
        """Ids and moments of new resources, counted for the truth.

        Args:
            soort: resource type.
            rijen: the contacts they hang on.
            geregistreerd: moment of registration.
            klok: whether FHIR has an element that holds it.
            onderdeel: name they are counted under, the type when empty.

        Returns:
            What every resource carries.
        """
        measured = soort == "Observation"  # counts along in kerngegevens_binnen_24_uur
        delay = self.blok.available if measured else self._available(soort)
        available = delay(rijen.aanbieder, geregistreerd)
        recorded = geregistreerd if klok else None
        self.blok.tally(onderdeel or soort, recorded, available, rijen.aanbieder)
        return self.blok.new_kern(soort, rijen.wie, rijen.aanbieder, available)

    def _available(self, soort: str):
        """How a type gets its moment of availability: by quota a zorgaanbieder."""
        rows = [
            row
            for row in table("tijdigheid")
            if row["bron_id"] == self.blok.bron and row["soort"] in (soort, _ALLE)
        ]
        # rows that name a type come behind those for all, and those that name a zorgaanbieder last
        rows.sort(key=lambda row: (row["soort"] != _ALLE, row["zorgaanbieder_id"] != _ALLE))
        agb = self.blok.wereld.zorgaanbieders.agb
        share = np.ones(len(agb))
        for row in rows:
            who = slice(None) if row["zorgaanbieder_id"] == _ALLE else agb.index(
                row["zorgaanbieder_id"]
            )  # fmt: skip
            share[who] = float(row["aandeel"])

        def available(
            aanbieder: NDArray[np.int64], geregistreerd: NDArray[np.int64]
        ) -> NDArray[np.int64]:
            n = len(aanbieder)
            in_time = quota(self.rng, aanbieder, share)
            early, late = (self.rng.integers(*span, size=n) for span in (OP_TIJD, TE_LAAT))
            return geregistreerd + np.where(in_time, early, late)

        return available

    def write(
        self,
        soort: str,
        kern: Kern,
        profiel: str,
        inhoud: Sjabloon,
        codes: Codes | None = None,
        *,
        onderdeel: str = "",
    ) -> None:
        """Append resources to the file of their type; ``codes`` are counted for the truth."""
        self.blok.append(soort, resource_lines(soort, kern, profiel, inhoud), len(kern))
        if codes is not None:
            self.blok.waarheid.tellingen.count_codes(
                self.blok.bron, onderdeel or soort,
                codes.stelsel, codes.code, len(kern),
            )  # fmt: skip


def patient(kern: Kern) -> Sjabloon:
    """Reference to the patient."""
    return reference("Patient", kern.patient)


def contact(rijen: Rijen) -> Sjabloon:
    """Reference to the contact."""
    return reference("Encounter", rijen.contact)


def aanbieder(kern: Kern) -> Sjabloon:
    """Reference to the zorgaanbieder."""
    return agb_reference(kern.agb)
