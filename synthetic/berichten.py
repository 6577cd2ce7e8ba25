"""EI message files: head once, lines block by block, closing record with counts and total."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from schemas.ei import Layout
from synthetic.ei_bericht import closes, heads
from synthetic.ei_boom import CODES
from synthetic.ei_regels import UZOVI, VERZEKERAARS, message_lines
from synthetic.ei_writer import Waarde
from synthetic.leveringen import Leveringen
from synthetic.personen import Personen
from synthetic.prestaties import Prestaties
from synthetic.sectoren import Sector
from synthetic.wereld import Wereld


@dataclass(frozen=True)
class Kop:
    """What the head of a message says.

    Attributes:
        agb: declarant.
        uzovi: insurer.
        jaar: year of the care.
        levering: year of the delivery.
        factuurnummer: at most twelve characters.
        soort: ``P`` production or ``T`` test.
    """

    agb: str
    uzovi: str
    jaar: int
    levering: int
    factuurnummer: str
    soort: str = "P"


def head(sector: Sector, kop: Kop) -> bytes:
    """Record 01: an instelling, or a praktijk with its zorgverlener."""
    values: dict[str, Waarde] = {
        "0102": sector.ei_code.encode(),
        "0105": kop.soort.encode(),
        "0108": kop.uzovi.encode(),
        "0112" if sector.instelling else "0111": kop.agb.encode(),
        "0113": 4 if sector.instelling else 3,
        "0114": int(f"{kop.jaar}0101"),
        "0115": int(f"{kop.jaar}1231"),
        "0116": kop.factuurnummer.encode(),
        "0117": int(f"{kop.levering}1231"),
    }
    if not sector.instelling:
        # A zorgverlener has no zero in third position; this one stands for the whole praktijk.
        values["0110"] = (kop.agb[:2] + "9" + kop.agb[3:]).encode()
    return heads(sector.layout, values, 1).tobytes()


def close(layout: Layout, aantal: dict[str, int], cent: int) -> bytes:
    """Record 99 with the counts by record code and the signed total in eurocents."""
    counts = {code: np.array([n]) for code, n in aantal.items()}
    return closes(layout, counts, np.array([cent])).tobytes()


@dataclass
class Berichten:
    """The messages of one sector, year and delivery, one a declarant and insurer.

    Attributes:
        leveringen: the folder.
        sector: how is declared, and from which source.
        jaar: year of the care.
        levering: year of the delivery.
        wereld: tables of the region.
        aantal: records so far by code and post.
        cent: signed amount so far per post.
    """

    leveringen: Leveringen
    sector: Sector
    jaar: int
    levering: int
    wereld: Wereld
    aantal: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    cent: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __post_init__(self) -> None:
        posts = len(self.wereld.zorgaanbieders.agb) * VERZEKERAARS
        codes = [code for code in CODES if code in self.layout.records]
        self.aantal = {code: np.zeros(posts, dtype=np.int64) for code in codes}
        self.cent = np.zeros(posts, dtype=np.int64)

    @property
    def bron(self) -> str:
        """Source that delivers the messages."""
        return self.sector.bron

    @property
    def layout(self) -> Layout:
        """Standard and version."""
        return self.sector.layout

    def details(self) -> NDArray[np.int64]:
        """Detail records so far per post."""
        return np.sum(list(self.aantal.values()), axis=0)

    def name(self, post: int) -> str:
        """File name of the message of one post."""
        agb = self.wereld.zorgaanbieders.agb[post // VERZEKERAARS]
        uzovi = UZOVI[post % VERZEKERAARS].decode()
        late = "_nagekomen" if self.levering != self.jaar else ""
        return f"{self.layout.standaard}_{agb}_{uzovi}_{self.jaar}{late}.asc"

    def kop(self, post: int) -> Kop:
        """Head of the message of one post."""
        mark = "N" if self.levering != self.jaar else "F"
        return Kop(
            agb=self.wereld.zorgaanbieders.agb[post // VERZEKERAARS],
            uzovi=UZOVI[post % VERZEKERAARS].decode(),
            jaar=self.jaar,
            levering=self.levering,
            factuurnummer=f"{mark}{self.jaar}{post:05d}",
        )

    def write(self, prestaties: Prestaties, persoon: Personen) -> None:
        """Append the prestaties of a block of persons to their messages."""
        done = self.details()
        lines = message_lines(self.sector, prestaties, persoon, self.wereld, done)
        for post in np.flatnonzero(np.diff(lines.begin)):
            rows = lines.matrix[lines.begin[post] : lines.begin[post + 1]]
            start = b"" if done[post] else head(self.sector, self.kop(int(post)))
            self.leveringen.append(
                self.bron,
                self.levering,
                self.name(int(post)),
                start + rows.tobytes(),
                len(rows) + (not done[post]),
            )
        for code, per_post in lines.aantal.items():
            self.aantal[code] += per_post
        self.cent += lines.cent

    def finish(self) -> None:
        """Close every message that was begun, and count its records."""
        started = np.flatnonzero(self.details())
        for post in started:
            counts = {code: int(n[post]) for code, n in self.aantal.items()}
            record = close(self.layout, counts, int(self.cent[post]))
            self.leveringen.append(self.bron, self.levering, self.name(int(post)), record, 1)
        counted = {code: int(n.sum()) for code, n in self.aantal.items()}
        counted |= {"01": len(started), "99": len(started)}
        for code, n in counted.items():
            if n:
                self.leveringen.count(
                    self.bron, self.levering, f"{self.layout.standaard}/{code}", n
                )

    def path(self, post: int) -> Path:
        """Path of the message of one post."""
        return self.leveringen.path(self.bron, self.levering, self.name(post))
