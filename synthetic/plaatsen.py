"""Where people live and which zorgaanbieders there are.

The gemeenten are real and weighted with their insured persons in 2022 (bron: Vektis open data).
The postal codes are numbers without a meaning: which PC4 lies in which gemeente is invented.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import calibration, codes, planted, table
from synthetic.kans import generator

ZIEKENHUIS = ("umc", "stz", "algemeen_ziekenhuis")
_PERSONEN_PER_PC4 = 25_000


@dataclass(frozen=True)
class Zorgaanbieders:
    """The zorgaanbieders in file order; elsewhere one is a position in these arrays.

    Attributes:
        agb: AGB codes.
        naam: fictional names.
        soort: type as in the address book.
        gemeente: CBS code.
        regio: number of the zorgkantoorregio, from 0.
        bij_regio: home zorgaanbieder per region, for hospital, GP practice and ggz.
    """

    agb: tuple[str, ...]
    naam: tuple[str, ...]
    soort: tuple[str, ...]
    gemeente: tuple[str, ...]
    regio: NDArray[np.int64]
    bij_regio: dict[str, NDArray[np.int64]]

    def of_type(self, *soorten: str) -> NDArray[np.int64]:
        """Positions of the zorgaanbieders of these types."""
        return np.flatnonzero(np.isin(self.soort, soorten))

    def position(self, agb: str) -> int:
        """Position of one AGB code."""
        return self.agb.index(agb)

    def share(
        self, indicator_id: str, soorten: tuple[str, ...], basis: float, omvang: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Planned share of an indicator per zorgaanbieder, so that all together meet ``basis``.

        Args:
            indicator_id: indicator with planted outliers.
            soorten: types that take part.
            basis: share all together.
            omvang: expected size per zorgaanbieder, to correct the others for the outliers.

        Returns:
            Share per zorgaanbieder; outliers as planted, the others alike.
        """
        share = np.full(len(self.agb), basis)
        group = self.of_type(*soorten)
        outliers = {self.position(a): v for (i, a), v in _planted_of(indicator_id).items()}
        size = omvang[group].sum()
        taken = sum(omvang[p] * v for p, v in outliers.items())
        rest = size - sum(omvang[p] for p in outliers)
        share[group] = (basis * size - taken) / rest if rest > 0 else basis
        for position, value in outliers.items():
            share[position] = value
        return np.clip(share, 0.0, 1.0)


def _planted_of(indicator_id: str) -> dict[tuple[str, str], float]:
    return {key: value for key, value in planted().items() if key[0] == indicator_id}


@dataclass(frozen=True)
class Plaatsen:
    """The PC4 areas; a person lives in a position of these arrays.

    Attributes:
        pc4: four digits.
        gemeente: CBS code.
        gemeente_naam: name, for addresses.
        regio: number of the zorgkantoorregio, from 0.
        regio_code: region codes by number.
        kwintiel: welfare quintile, 1 lowest.
        gewicht: relative number of inhabitants.
    """

    pc4: tuple[str, ...]
    gemeente: tuple[str, ...]
    gemeente_naam: tuple[str, ...]
    regio: NDArray[np.int64]
    regio_code: tuple[str, ...]
    kwintiel: NDArray[np.int64]
    gewicht: NDArray[np.float64]


def load_zorgaanbieders() -> Zorgaanbieders:
    """Read the fictional zorgaanbieders and who serves which region."""
    rows = table("zorgaanbieders")
    region = {row["gemeente_code"]: row["zorgkantoorregio_code"] for row in codes("regio_gemeente")}
    agb = tuple(row["zorgaanbieder_id"] for row in rows)
    areas = sorted(table("verzorgingsgebied"), key=lambda row: row["zorgkantoorregio_code"])
    regio_codes = [row["zorgkantoorregio_code"] for row in areas]
    home = {
        soort: np.array([agb.index(row[f"{soort}_id"]) for row in areas])
        for soort in ("ziekenhuis", "huisartsenpraktijk", "ggz")
    }
    return Zorgaanbieders(
        agb=agb,
        naam=tuple(row["naam"] for row in rows),
        soort=tuple(row["soort"] for row in rows),
        gemeente=tuple(row["gemeente_code"] for row in rows),
        regio=np.array([regio_codes.index(region[row["gemeente_code"]]) for row in rows]),
        bij_regio=home,
    )


def _welfare(rng: np.random.Generator, gewicht: NDArray[np.float64]) -> NDArray[np.int64]:
    """Quintile per PC4: areas in random order, cut where a fifth of the inhabitants is reached."""
    order = rng.permutation(len(gewicht))
    reached = np.cumsum(gewicht[order]) - gewicht[order] / 2
    kwintiel = np.empty(len(gewicht), dtype=np.int64)
    kwintiel[order] = np.minimum((reached / gewicht.sum() * 5).astype(np.int64), 4) + 1
    return kwintiel


def load_plaatsen(seed: int, zorgaanbieders: Zorgaanbieders) -> Plaatsen:
    """Divide the gemeenten into PC4 areas.

    Args:
        seed: seed of the region; it decides the welfare quintiles.
        zorgaanbieders: regions with a hospital weigh ``regio_demo_factor`` more.

    Returns:
        The PC4 areas, ordered by region and gemeente.
    """
    rows = sorted(
        codes("regio_gemeente"), key=lambda r: (r["zorgkantoorregio_code"], r["gemeente_code"])
    )
    insured = {row["gemeente_code"]: int(row["verzekerden"]) for row in table("gemeenten")}
    regio_codes = sorted({row["zorgkantoorregio_code"] for row in rows})
    with_hospital = set(zorgaanbieders.regio[zorgaanbieders.of_type(*ZIEKENHUIS)].tolist())
    areas: list[tuple[str, str, int, float]] = []
    for row in rows:
        code, regio = row["gemeente_code"], regio_codes.index(row["zorgkantoorregio_code"])
        parts = min(max(round(insured[code] / _PERSONEN_PER_PC4), 1), 12)
        factor = calibration()["regio_demo_factor"] if regio in with_hospital else 1.0
        weight = insured[code] * factor / parts
        areas += [(code, row["gemeente_naam"], regio, weight)] * parts
    step = 8_900 // len(areas)
    gewicht = np.array([area[3] for area in areas])
    return Plaatsen(
        pc4=tuple(str(1_011 + step * i) for i in range(len(areas))),
        gemeente=tuple(area[0] for area in areas),
        gemeente_naam=tuple(area[1] for area in areas),
        regio=np.array([area[2] for area in areas]),
        regio_code=tuple(regio_codes),
        kwintiel=_welfare(generator(seed, "plaatsen"), gewicht),
        gewicht=gewicht / gewicht.sum(),
    )
