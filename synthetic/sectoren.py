"""The sectors that declare in the demo region: standard, source, declarants and volume of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from schemas.ei import Layout, layout
from synthetic.gegevens import calibration, table
from synthetic.kalender import JAREN
from synthetic.plaatsen import Zorgaanbieders
from synthetic.regels import column

_BANDEN = ("g0", "g18", "g45", "g65", "g75")


@dataclass(frozen=True)
class Sector:
    """A sector and how it declares.

    Attributes:
        naam: name as in ``sectoren.csv``.
        nr: position in that file.
        bron: source its messages come from.
        layout: standard and version.
        eerste: that of the first year, which can be the version before.
        ei_code: message code.
        letter: first letter of its reference numbers.
        instelling: whether an instelling declares, else a praktijk.
        agb_begin: how the AGB codes of its declarants begin; empty where care is made elsewhere.
        lijst: prestatiecodelijst.
        records: prestaties a person and year.
        aantal: mean quantity of a prestatie.
        vorm: ``dag``, ``kwartaal`` or ``jaar``: the days a prestatie covers.
        kosten: euros a person and year, published.
        gewicht: relative use per age band.
        codes: prestatiecodes.
        code_gewicht: relative frequency of each.
        code_prijs: relative tariff of each.
    """

    naam: str
    nr: int
    bron: str
    layout: Layout
    eerste: Layout
    ei_code: str
    letter: bytes
    instelling: bool
    agb_begin: str
    lijst: int
    records: float
    aantal: int
    vorm: str
    kosten: float
    gewicht: NDArray[np.float64]
    codes: NDArray[np.bytes_]
    code_gewicht: NDArray[np.float64]
    code_prijs: NDArray[np.float64]

    def declarants(self, zorgaanbieders: Zorgaanbieders) -> NDArray[np.int64]:
        """Positions of the zorgaanbieders that declare in this sector."""
        return np.flatnonzero([agb.startswith(self.agb_begin) for agb in zorgaanbieders.agb])

    def of_year(self, jaar: int) -> Sector:
        """The sector as it declares care of a year."""
        return replace(self, layout=self.eerste) if jaar == JAREN[0] else self

    @property
    def care_is_drawn(self) -> bool:
        """Whether its care is drawn from the table; that of msz and GPs is made elsewhere."""
        return bool(self.vorm)


def _sector(nr: int, row: dict[str, str]) -> Sector:
    codes = [c for c in table("sector_prestaties") if c["sector"] == row["sector"]]
    return Sector(
        naam=row["sector"],
        nr=nr,
        bron=row["bron_id"],
        layout=layout(row["standaard"], row["versie"]),
        eerste=layout(row["standaard"], row["versie_eerste_jaar"] or row["versie"]),
        ei_code=row["ei_code"],
        letter=row["letter"].encode(),
        instelling=row["declarant"] == "instelling",
        agb_begin=row["agb_begin"],
        lijst=int(row["prestatiecodelijst"] or 0),
        records=float(row["records"] or 0),
        aantal=int(row["aantal"] or 1),
        vorm=row["vorm"],
        kosten=calibration()[row["kosten"]] if row["kosten"] else 0.0,
        gewicht=np.array([float(row[band] or 0) for band in _BANDEN]),
        codes=column([c["prestatiecode"] for c in codes]),
        code_gewicht=np.array([float(c["gewicht"]) for c in codes]),
        code_prijs=np.array([float(c["prijs"]) for c in codes]),
    )


@cache
def sectors() -> dict[str, Sector]:
    """Every sector by name, in file order."""
    return {row["sector"]: _sector(nr, row) for nr, row in enumerate(table("sectoren"))}
