"""Faults in the declarations: insured persons, credit lines and whole messages to keep out.

What is refused counts in no expected amount: the extra prestaties here are in no other table.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from synthetic.berichten import Berichten, close, head
from synthetic.ei_regels import VERZEKERAARS, message_lines
from synthetic.ei_writer import REGELEINDE
from synthetic.fouten import BOUW, Fouten, Plek
from synthetic.kalender import JAREN, first_day
from synthetic.kenmerken import invalid_bsn
from synthetic.personen import Personen
from synthetic.prestaties import Prestaties

NUMMERS = 800_000_000_000  # references of faulty prestaties; far above the real ones
_ONBEKEND = 900_000_000_000  # a debit that was never declared
_CENT = 12_345
#: A prestatie of a refused person is refused for its own number or for the record above it.
_BSN_REDEN = {
    "02": "BSN-ONGELDIG",
    "04": "BSN-ONGELDIG|EI-BOVENLIGGEND",
    "06": "EI-BOVENLIGGEND",
    "16": "EI-BOVENLIGGEND",
    "17": "EI-BOVENLIGGEND",
}


@dataclass(frozen=True)
class Vervalsing:
    """How one faulty message differs from a good one.

    Attributes:
        jaar: year of care and of the delivery.
        reden: reason code.
        soort: ``P`` or ``T`` in the head.
        extra_cent: added to the closing total.
        extra_prestaties: added to the number of prestaties in the closing record.
        afkappen: whether the first prestatie loses its last characters.
        regel: record that carries the fault, from the end when negative.
    """

    jaar: int
    reden: str
    soort: str = "P"
    extra_cent: int = 0
    extra_prestaties: int = 0
    afkappen: bool = False
    regel: int = -1


_VERVALSINGEN = (
    Vervalsing(2023, "EI-TESTBERICHT", soort="T", regel=0),
    Vervalsing(2024, "EI-TOTAAL", extra_cent=100),
    Vervalsing(2025, "EI-AANTAL", extra_prestaties=1),
    Vervalsing(2025, "EI-LENGTE", afkappen=True, regel=2),
)


def _prestaties(berichten: Berichten, post: int, nummer: int, personen: int) -> Prestaties:
    """One simple prestatie a person, with the records under it that its standard asks."""
    n = np.zeros(personen, dtype=np.int64)
    rows, records = np.arange(personen), berichten.layout.records
    hospital = berichten.sector.naam == "msz"
    tariffs, activities, times = (
        rows if wanted else rows[:0] for wanted in ("06" in records, hospital, "17" in records)
    )
    kind = berichten.wereld.soorten.naam.index("hypertensie") if hospital else 0
    day = first_day(berichten.jaar) + 100
    return Prestaties(
        persoon=rows,
        verzekeraar=n + post % VERZEKERAARS,
        aanbieder=n + post // VERZEKERAARS,
        begin=n + day,
        eind=n + day,
        soort=n + kind,
        acuut=n > 0,
        volgnummer=n + 99,
        cent=n + _CENT,
        credit=n > 0,
        nummer=NUMMERS + nummer * 1_000 + rows * 10,
        vorige=n - 1,
        tarief_van=tariffs,
        tarief_soort=np.full(len(tariffs), 2 if hospital else 10),
        tarief_cent=np.full(len(tariffs), _CENT),
        activiteit_van=activities,
        activiteit_code=np.zeros(len(activities), dtype=np.int64),
        activiteit_dag=np.full(len(activities), day),
        activiteit_aantal=np.ones(len(activities), dtype=np.int64),
        tijd_van=times,
        tijd_direct=np.full(len(times), 60),
    )


def _in_message(
    fouten: Fouten, berichten: Berichten, post: int, p: Prestaties, persoon: Personen
) -> list[Plek]:
    """Write prestaties into an open message; return where their records stand."""
    name = berichten.name(post)
    key = (berichten.bron, berichten.levering, name)
    line = fouten.leveringen.regels[key] + (not berichten.details()[post])
    detail = int(berichten.details()[post])
    berichten.write(p, persoon)
    under = {"06": p.tarief_van, "16": p.activiteit_van, "17": p.tijd_van}
    codes = ["02", "04", *(code for code, rows in under.items() if len(rows))]
    return [
        Plek(*key, line + i, f"{berichten.layout.standaard}/{code}", f"{code}/{detail + i:012d}")
        for i, code in enumerate(codes, start=1)
    ]


def plant_open_faults(
    fouten: Fouten, berichten: dict[tuple[str, int, int], Berichten], voorbeeld: Personen
) -> dict[tuple[str, int, int], int]:
    """Plant faults in messages that are still open: call before they are closed.

    In each regular message set one insured person gets an invalid BSN; in each late set one credit
    line refers to a debit that was never declared.

    Args:
        fouten: collects them.
        berichten: the messages by sector, year of care and year of delivery.
        voorbeeld: a few persons of the region.

    Returns:
        The post that was used per message set.
    """
    used = {}
    for number, (key, box) in enumerate(berichten.items()):
        started = np.flatnonzero(box.details())
        if len(started) == 0:
            continue
        post = used[key] = int(started[0])
        p = _prestaties(box, post, number, 1)
        if key[1] == key[2]:
            person = replace(voorbeeld, bsn=invalid_bsn(voorbeeld.bsn))
            for plek in _in_message(fouten, box, post, p, person):
                fouten.plant(plek, _BSN_REDEN[plek.naam[-2:]])
        else:
            p = replace(p, credit=p.nummer > 0, vorige=p.nummer + _ONBEKEND - NUMMERS)
            places = _in_message(fouten, box, post, p, voorbeeld)
            fouten.plant(places[1], "EI-CREDIT-ZONDER-DEBET", BOUW)
    return used


def plant_messages(
    fouten: Fouten,
    berichten: dict[tuple[str, int, int], Berichten],
    voorbeeld: Personen,
    used: dict[tuple[str, int, int], int],
) -> None:
    """Add whole messages: faulty ones, and exact repetitions of a message of the year before.

    Args:
        fouten: collects them.
        berichten: the closed messages.
        voorbeeld: a few persons of the region.
        used: posts whose message holds another planted fault; these are not repeated.
    """
    for sector in sorted({sector for sector, _, _ in berichten}):
        for i, vervalsing in enumerate(_VERVALSINGEN):
            key = (sector, vervalsing.jaar, vervalsing.jaar)
            if key in used:
                _forge(fouten, berichten[key], used[key], vervalsing, 500 + i, voorbeeld)
        for jaar in JAREN[1:]:
            key = (sector, jaar - 1, jaar - 1)
            if key in used:
                _repeat(fouten, berichten[key], used[key])


def _forge(
    fouten: Fouten,
    box: Berichten,
    post: int,
    vervalsing: Vervalsing,
    nummer: int,
    voorbeeld: Personen,
) -> None:
    """Write one faulty message of two insured persons; all of it must be refused."""
    p = _prestaties(box, post, nummer, 2)
    lines = message_lines(box.sector, p, voorbeeld, box.wereld, np.zeros_like(box.cent))
    counts = {code: int(n.sum()) for code, n in lines.aantal.items()}
    shown = counts | {"04": counts["04"] + vervalsing.extra_prestaties}
    kop = replace(box.kop(post), soort=vervalsing.soort, factuurnummer=f"X{nummer:06d}")
    records = [
        head(box.sector, kop),
        *(row.tobytes() for row in lines.matrix),
        close(box.layout, shown, int(lines.cent.sum()) + vervalsing.extra_cent),
    ]
    if vervalsing.afkappen:
        cut = vervalsing.regel
        records[cut] = records[cut][: -len(REGELEINDE) - 10] + REGELEINDE
    name = box.name(post).replace(".asc", f"_{vervalsing.reden[3:].lower()}.asc")
    fouten.leveringen.append(box.bron, box.levering, name, b"".join(records), len(records))
    names = [f"{box.layout.standaard}/{record[:2].decode()}" for record in records]
    for naam, n in Counter(names).items():
        fouten.leveringen.count(box.bron, box.levering, naam, n, quarantaine=n)
    at = vervalsing.regel % len(records)
    plek = Plek(box.bron, box.levering, name, at + 1, names[at], kop.factuurnummer)
    fouten.rijen.append(
        (*vars(plek).values(), vervalsing.reden, "intake")
    )  # the counts of the whole message are above


def _repeat(fouten: Fouten, box: Berichten, niet: int) -> None:
    """Deliver the smallest message of a year again in the next year's delivery."""
    posts = [int(p) for p in np.flatnonzero(box.details()) if p != niet]
    if not posts:
        return
    post = min(posts, key=lambda p: (box.details()[p], p))
    content = box.path(post).read_bytes()
    name = box.name(post).replace(".asc", "_herhaling.asc")
    records = content.split(REGELEINDE)[:-1]
    fouten.leveringen.append(box.bron, box.levering + 1, name, content, len(records))
    for code, n in Counter(record[:2].decode() for record in records).items():
        fouten.leveringen.count(box.bron, box.levering + 1, f"{box.layout.standaard}/{code}", n)
    fouten.herhalingen.append((box.bron, box.levering + 1, name, box.levering, box.name(post)))
