"""The planted truth: what a correct pipeline must find, counted from the generator's own arrays."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from synthetic.correcties import Aangeleverd
from synthetic.effecten import Omvang
from synthetic.gegevens import codes
from synthetic.kalender import JAREN, year
from synthetic.kern.tellingen import Tellingen
from synthetic.sectoren import Sector

LANDELIJK = "NL"
_TOTAAL = "TOTAAL"
_GENOEG = 10  # PROMs from which outcome information of a group is there
#: Care activities that are no consult follow behind the consults; see ``declaraties.ACTIVITEITEN``.
_ANDERS = [False] * (1 + len(codes("interventie")))
_VERVOLG = np.array([row["soort"] == "vervolg" for row in codes("consultsoort")] + _ANDERS)
_DIGITAAL = np.array([row["kanaal"] == "digitaal" for row in codes("consultsoort")] + _ANDERS)

#: Indicator, day it counts on, day until which more must be known, zorgaanbieder, what it adds.
Later = tuple[str, NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


@dataclass
class Waarheid:
    """Counters by zorgaanbieder and year.

    Attributes:
        agb: AGB codes by position.
        groepen: names of the diagnosegroepen by position.
        teller: numerators by indicator, shape (zorgaanbieders, years).
        noemer: denominators by indicator.
        landelijk: (teller, noemer) by indicator where the country is no sum, shape (years,).
        kosten: eurocents, shape (zorgaanbieders, years, groups + 1); the last group is the total.
        patienten: distinct persons, same shape.
        patienten_nl: distinct persons in the country, shape (years, groups + 1).
        totalen: by source: eurocents, prestaties and persons, shape (3, zorgaanbieders, years).
        gedeclareerd: by (sector, year of care): debit lines, credit lines, eurocents on each,
            prestaties that stand in the end, their eurocents, those under a contract, and
            the direct minutes of their records 17.
        kern: numerator and denominator of figures to hold beside the calibration, by name.
        tellingen: kerngegevens by clock and by code.
        delen: (teller, noemer) in the country of a part, by indicator, year, breakdown and value.
        gebieden: (teller, noemer) by indicator, year and zorgkantoorregio.
        later: observations that count when a day is behind us; see ``count_when_known``.
        bekend_tot: last day on which anything became known.
        prom_paren: operations with a PROM before and after, shape (zorgaanbieders, years, groups).
        extra_rows: rows of ``indicatoren.csv`` that are counted elsewhere.
        omvang: what is expected of planted figures.
    """

    agb: tuple[str, ...]
    groepen: tuple[str, ...]
    teller: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    noemer: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    landelijk: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    kosten: NDArray[np.int64] = field(init=False)
    patienten: NDArray[np.int64] = field(init=False)
    patienten_nl: NDArray[np.int64] = field(init=False)
    totalen: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    gedeclareerd: dict[tuple[str, int], NDArray[np.int64]] = field(default_factory=dict)
    kern: dict[str, list[int]] = field(default_factory=dict)
    tellingen: Tellingen = field(default_factory=Tellingen)
    delen: dict[tuple[str, int, str, str], NDArray[np.int64]] = field(default_factory=dict)
    gebieden: dict[tuple[str, int, str], NDArray[np.int64]] = field(default_factory=dict)
    later: list[Later] = field(default_factory=list)
    bekend_tot: int = 0
    prom_paren: NDArray[np.int64] = field(init=False)
    extra_rows: list[tuple[object, ...]] = field(default_factory=list)
    omvang: Omvang = field(default_factory=Omvang)

    def __post_init__(self) -> None:
        shape = (len(self.agb), len(JAREN), len(self.groepen) + 1)
        self.kosten = np.zeros(shape, dtype=np.int64)
        self.patienten = np.zeros(shape, dtype=np.int64)
        self.patienten_nl = np.zeros(shape[1:], dtype=np.int64)
        self.prom_paren = np.zeros((*shape[:2], shape[2] - 1), dtype=np.int64)

    def _zeros(self) -> NDArray[np.int64]:
        return np.zeros((len(self.agb), len(JAREN)), dtype=np.int64)

    def count(
        self,
        indicator_id: str,
        jaar: int,
        aanbieder: NDArray[np.int64],
        telt: NDArray[np.bool_],
        gewicht: NDArray[np.int64] | None = None,
    ) -> None:
        """Count observations of an indicator: one a row, or ``gewicht`` a row."""
        weight = np.ones(len(telt), dtype=np.int64) if gewicht is None else gewicht
        column = JAREN.index(jaar)
        for store, rows in ((self.noemer, slice(None)), (self.teller, telt)):
            table = store.setdefault(indicator_id, self._zeros())
            found = np.bincount(aanbieder[rows], weight[rows], minlength=len(self.agb))
            table[:, column] += np.rint(found).astype(np.int64)

    def count_figure(self, naam: str, teller: int, noemer: int) -> None:
        """Add to a figure that stands beside the calibration."""
        figure = self.kern.setdefault(naam, [0, 0])
        figure[0] += teller
        figure[1] += noemer

    def count_country(self, indicator_id: str, jaar: int, teller: int, noemer: int) -> None:
        """Count distinct persons of the country for an indicator."""
        table = self.landelijk.setdefault(indicator_id, np.zeros((2, len(JAREN)), dtype=np.int64))
        table[:, JAREN.index(jaar)] += (teller, noemer)

    def count_events(
        self, indicator_id: str, jaar: int, paren: NDArray[np.int64], aantal: NDArray[np.int64]
    ) -> None:
        """Count events over persons; ``paren`` are unique rows (person, zorgaanbieder)."""
        column = JAREN.index(jaar)
        n = len(self.agb)
        for store, weight in ((self.noemer, None), (self.teller, aantal)):
            table = store.setdefault(indicator_id, self._zeros())
            found = np.bincount(paren[:, 1], weight, minlength=n)
            table[:, column] += np.rint(found).astype(np.int64)
        self.count_country(indicator_id, jaar, int(aantal.sum()), len(np.unique(paren[:, 0])))

    def count_inhabitants(
        self, indicator_id: str, jaar: int, regio: NDArray[np.str_], aantal: NDArray[np.int64]
    ) -> None:
        """Count inhabitants, for whom no zorgaanbieder answers, in the country and by region.

        Args:
            indicator_id: indicator.
            jaar: year.
            regio: zorgkantoorregio of each.
            aantal: what each adds to the numerator.
        """
        for store in (self.noemer, self.teller):
            store.setdefault(indicator_id, self._zeros())
        self.count_country(indicator_id, jaar, int(aantal.sum()), len(aantal))
        for code in np.unique(regio).tolist():
            found = self.gebieden.setdefault((indicator_id, jaar, code), np.zeros(2, np.int64))
            found += (int(aantal[regio == code].sum()), int((regio == code).sum()))

    def count_parts(
        self,
        indicator_id: str,
        jaar: int,
        uitsplitsing: str,
        waarde: NDArray[np.int64],
        telt: NDArray[np.bool_],
    ) -> None:
        """Count observations in the country by the value of a breakdown."""
        for value in np.unique(waarde).tolist():
            key = (indicator_id, jaar, uitsplitsing, str(value))
            found = self.delen.setdefault(key, np.zeros(2, dtype=np.int64))
            found += (int(telt[waarde == value].sum()), int((waarde == value).sum()))

    def see(self, dag: int) -> None:
        """Something became known on this day."""
        self.bekend_tot = max(self.bekend_tot, dag)

    def count_when_known(
        self,
        indicator_id: str,
        dag: NDArray[np.int64],
        tot: NDArray[np.int64],
        aanbieder: NDArray[np.int64],
        telt: NDArray[np.bool_],
        waarde: NDArray[np.int64] | None = None,
    ) -> None:
        """Count observations of which what follows must be known up to and including a day.

        Args:
            indicator_id: indicator.
            dag: day on which each counts.
            tot: day until which what follows must be known.
            aanbieder: zorgaanbieders.
            telt: whether it counts in the numerator.
            waarde: what it adds there, 1 when left out.
        """
        amount = telt.astype(np.int64) if waarde is None else waarde * telt
        self.later.append((indicator_id, dag, tot, aanbieder, amount))

    def settle(self) -> None:
        """Count what waited for ``bekend_tot``; once, when everything is written."""
        for indicator_id, dag, tot, aanbieder, amount in self.later:
            rows = tot <= self.bekend_tot
            for store in (self.noemer, self.teller):
                store.setdefault(indicator_id, self._zeros())
            place = (aanbieder[rows], year(dag[rows]) - JAREN[0])
            np.add.at(self.noemer[indicator_id], place, 1)
            np.add.at(self.teller[indicator_id], place, amount[rows])
        self.later.clear()

    def count_money(self, bron: str, jaar: int, geleverd: Aangeleverd) -> None:
        """Count amounts, prestaties and persons of a source that are valid in the end."""
        p, column = geleverd.geldig, JAREN.index(jaar)
        table = self.totalen.setdefault(
            bron, np.zeros((3, len(self.agb), len(JAREN)), dtype=np.int64)
        )
        n = len(self.agb)
        table[0, :, column] += np.rint(np.bincount(p.aanbieder, p.cent, minlength=n)).astype(int)
        table[1, :, column] += np.bincount(p.aanbieder, minlength=n)
        persons = np.unique(np.stack([p.aanbieder, p.persoon]), axis=1)
        table[2, :, column] += np.bincount(persons[0], minlength=n)

    def count_declared(
        self, sector: str, jaar: int, geleverd: Aangeleverd, contract: NDArray[np.bool_]
    ) -> None:
        """Count the lines of a sector by sign, what stands in the end, and that under a contract.

        Args:
            sector: name.
            jaar: year of the care.
            geleverd: what was delivered.
            contract: whether there is one, shape (zorgaanbieders, insurers).
        """
        found = self.gedeclareerd.setdefault((sector, jaar), np.zeros(8, dtype=np.int64))
        for part in (geleverd.regulier, geleverd.nagekomen):
            for i, sign in enumerate((~part.credit, part.credit)):
                found[i] += int(sign.sum())
                found[2 + i] += int(part.cent[sign].sum())
        found[4] += len(geleverd.geldig)
        found[5] += int(geleverd.geldig.cent.sum())
        under = contract[geleverd.geldig.aanbieder, geleverd.geldig.verzekeraar]
        found[6] += int(geleverd.geldig.cent[under].sum())
        found[7] += int(geleverd.geldig.tijd_direct.sum())

    def lower(self, sector: Sector, jaar: int, post: tuple[int, int], cent: int, met: bool) -> None:
        """Take an amount off what was declared: a message was replaced.

        Args:
            sector: which.
            jaar: year of the care.
            post: positions of declarant and insurer.
            cent: amount in eurocents.
            met: whether the two have a contract.
        """
        self.totalen[sector.bron][0, post[0], JAREN.index(jaar)] -= cent
        found = self.gedeclareerd[sector.naam, jaar]
        found[[2, 5]] -= cent
        found[6] -= cent * met

    def count_costs(self, jaar: int, geleverd: Aangeleverd) -> None:
        """Count the costs per patient and the follow-up consults of hospital declarations."""
        p, column, k = geleverd.geldig, JAREN.index(jaar), len(self.groepen)
        for group in (p.soort, np.full(len(p), k)):
            np.add.at(self.kosten[:, column], (p.aanbieder, group), p.cent)
            who = np.unique(np.stack([p.aanbieder, group, p.persoon]), axis=1)
            np.add.at(self.patienten[:, column], (who[0], who[1]), 1)
            who = np.unique(np.stack([group, p.persoon]), axis=1)
            np.add.at(self.patienten_nl[column], who[0], 1)
        follow = _VERVOLG[p.activiteit_code]
        where = p.aanbieder[p.activiteit_van][follow]
        digital = _DIGITAAL[p.activiteit_code][follow]
        self.count("vervolgconsult_digitaal", jaar, where, digital, p.activiteit_aantal[follow])

    def indicator_rows(self) -> list[tuple[str, str, str, int, str, str, str, int]]:
        """Rows of ``indicatoren.csv``; units without observations are left out."""
        rows: list[tuple[str, str, str, int, str, str, str, int]] = []
        for indicator, noemer in sorted(self.noemer.items()):
            teller = self.teller[indicator]
            country = self.landelijk.get(indicator, np.stack([teller.sum(0), noemer.sum(0)]))
            for c, jaar in enumerate(JAREN):
                rows += [
                    (indicator, "zorgaanbieder", self.agb[a], jaar, _TOTAAL, _TOTAAL,
                     str(teller[a, c]), int(noemer[a, c]))
                    for a in np.flatnonzero(noemer[:, c])
                ]  # fmt: skip
                found = (str(country[0, c]), int(country[1, c]))
                rows.append((indicator, "landelijk", LANDELIJK, jaar, _TOTAAL, _TOTAAL, *found))
        rows += [
            (name, "landelijk", LANDELIJK, jaar, part, value, str(found[0]), int(found[1]))
            for (name, jaar, part, value), found in sorted(self.delen.items())
        ]
        rows += [
            (name, "zorgkantoorregio", code, jaar, _TOTAAL, _TOTAAL, str(found[0]), int(found[1]))
            for (name, jaar, code), found in sorted(self.gebieden.items())
        ]
        return rows + self._burden_rows() + self._cost_rows()

    def _burden_rows(self) -> list[tuple[str, str, str, int, str, str, str, int]]:
        """Burden of disease with outcome information over all, at patients of a zorgaanbieder."""
        weight = {row["diagnosegroep"]: int(row["per_patient"]) for row in codes("ziektelast")}
        burden = self.patienten[:, :, :-1] * np.array([weight.get(g, 0) for g in self.groepen])
        known = np.where(self.prom_paren >= _GENOEG, burden, 0).sum(axis=2)
        whole = burden.sum(axis=2)
        rows: list[tuple[str, str, str, int, str, str, str, int]] = []
        for c, jaar in enumerate(JAREN):
            units = [
                ("zorgaanbieder", self.agb[a], known[a, c], whole[a, c])
                for a in np.flatnonzero(whole[:, c])
            ]
            units.append(("landelijk", LANDELIJK, known[:, c].sum(), whole[:, c].sum()))
            rows += [
                ("uitkomstinformatie_ziektelast", niveau, unit, jaar, _TOTAAL, _TOTAAL,
                 str(teller), int(noemer))
                for niveau, unit, teller, noemer in units
            ]  # fmt: skip
        return rows

    def _cost_rows(self) -> list[tuple[str, str, str, int, str, str, str, int]]:
        """Costs in euros with two decimals over distinct persons, by diagnosegroep and in total."""
        rows: list[tuple[str, str, str, int, str, str, str, int]] = []
        labels = [("diagnosegroep", name) for name in self.groepen] + [(_TOTAAL, _TOTAAL)]
        for c, jaar in enumerate(JAREN):
            for g, label in enumerate(labels):
                units = [
                    ("zorgaanbieder", self.agb[a], self.kosten[a, c, g], self.patienten[a, c, g])
                    for a in np.flatnonzero(self.patienten[:, c, g])
                ]
                whole = (self.kosten[:, c, g].sum(), self.patienten_nl[c, g])
                units += [("landelijk", LANDELIJK, *whole)] if whole[1] else []
                rows += [
                    ("kosten_per_patient", niveau, unit, jaar, *label,
                     f"{int(cent) // 100}.{int(cent) % 100:02d}", int(persons))
                    for niveau, unit, cent, persons in units
                ]  # fmt: skip
        return rows


def write_table(pad: Path, kop: tuple[str, ...], rijen: Iterable[tuple[object, ...]]) -> None:
    """Write a CSV file with a head and line feeds."""
    with pad.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(kop)
        writer.writerows(rijen)
