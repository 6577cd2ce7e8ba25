"""Messages that a later one replaces: the same invoice number and lines, one amount corrected."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from schemas.ei import Element, Record
from synthetic.berichten import Berichten
from synthetic.ei_herhaling import money_code
from synthetic.ei_writer import REGELEINDE
from synthetic.fouten import BOUW, Fouten, Plek

VERVANGEN = 630  # month and day of the year after, so that the correction is known later


@dataclass(frozen=True)
class Vervanging:
    """A message that was replaced.

    Attributes:
        post: declarant and insurer.
        cent: by how much the declared amount went down.
        persoon: number of the person whose amount that is, from 0.
    """

    post: int
    cent: int
    persoon: int


def replacement_name(naam: str) -> str:
    """File name of the message that takes the place of another, by the name of that."""
    return naam.replace(".asc", "_vervanging.asc")


def _value(record: Record, line: bytes, kolom: str) -> str:
    element = record.bij_kolom(kolom)
    return line[element.begin - 1 : element.eind].decode("latin-1") if element else ""


def _put(line: bytes, element: Element | None, waarde: int) -> bytes:
    if element is None:
        return line
    text = str(waarde).rjust(element.lengte, "0").encode()
    return line[: element.begin - 1] + text + line[element.eind :]


def _person(box: Berichten, lines: list[bytes], at: int) -> int:
    """Number of the person that a line is about, by the insured person's number above it."""
    element = box.layout.records["02"].bij_element("0205")
    above = next(line for line in reversed(lines[: at + 1]) if line[:2] == b"02")
    return int(above[element.begin - 1 : element.eind]) - 1


def _choose(box: Berichten, niet: int, gecrediteerd: set[int]) -> tuple[int, list[bytes], int]:
    """A small message, its lines, and the line of the amount to correct; -1 when there is none."""
    started = [int(p) for p in np.flatnonzero(box.details()) if p != niet]
    code = money_code(box.layout)
    # The very smallest is delivered twice as it is.
    for post in sorted(started, key=lambda p: (box.details()[p], p))[1:]:
        lines = box.path(post).read_bytes().split(REGELEINDE)[:-1]
        stands = False
        for i, line in enumerate(lines):
            record = box.layout.records[line[:2].decode()]
            if record.code == "04":
                number = int(_value(record, line, "referentie")[1:])
                debit = _value(record, line, "debet_credit") == "D"
                stands = debit and number not in gecrediteerd
            if record.code == code and stands:
                return post, lines, i
    return -1, [], -1


def replace_message(
    fouten: Fouten, box: Berichten, niet: int, gecrediteerd: set[int]
) -> Vervanging | None:
    """Deliver one message again a year later, with a lower amount on one line.

    Args:
        fouten: told of the lines that no longer hold.
        box: the closed messages of a sector and year.
        niet: post whose message holds another planted fault.
        gecrediteerd: numbers of prestaties that are credited; these keep their amount.

    Returns:
        What was replaced; None when no message will do.
    """
    post, lines, at = _choose(box, niet, gecrediteerd)
    if post < 0:
        return None
    record = box.layout.records[money_code(box.layout)]
    tariff = next(e for e in record.elementen if e.naam.lower().startswith("tarief prestatie"))
    old, number = (int(_value(record, lines[at], k) or 1) for k in ("bedrag_cent", "aantal"))
    lower = max(old // number * 9 // 10, 1)
    new = list(lines)
    for element, value in (
        (tariff, lower),
        (record.bij_kolom("berekend_cent"), lower * number),
        (record.bij_kolom("bedrag_cent"), lower * number),
    ):
        new[at] = _put(new[at], element, value)
    difference = old - lower * number
    head, closing = box.layout.records["01"], box.layout.records["99"]
    invoice = (box.levering + 1) * 10_000 + VERVANGEN
    new[0] = _put(new[0], head.bij_kolom("dagtekening"), invoice)
    total = int(box.cent[post]) - difference
    new[-1] = _put(new[-1], closing.bij_kolom("totaal_cent"), abs(total))
    _deliver(fouten, box, post, lines, new)
    return Vervanging(post, difference, _person(box, lines, at))


def _deliver(
    fouten: Fouten, box: Berichten, post: int, lines: list[bytes], new: list[bytes]
) -> None:
    name = replacement_name(box.name(post))
    text = b"".join(line + REGELEINDE for line in new)
    fouten.leveringen.append(box.bron, box.levering + 1, name, text, len(new))
    standard = box.layout.standaard
    for code, n in Counter(line[:2].decode() for line in new).items():
        fouten.leveringen.count(box.bron, box.levering + 1, f"{standard}/{code}", n)
    for i, line in enumerate(lines, start=1):
        if line[:2] == b"04":
            place = Plek(
                box.bron, box.levering, box.name(post), i, f"{standard}/04",
                f"04/{line[2:14].decode()}",
            )  # fmt: skip
            fouten.plant(place, "EI-BERICHT-VERVANGEN", BOUW)
