"""Random EI messages that an insurer would accept, over every element of a layout.

``make`` draws persons, prestaties, tariffs, activities, time, comments and credits for many
messages at once and tells what is meant by each element. It leaves out record 03, which a message
to an insurer may not hold (retour code 8075), and what the writer fills in.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from schemas.ei import Element, Layout, layout
from synthetic.ei_bericht import detail_lines, messages
from synthetic.ei_boom import KINDEREN, Boom
from synthetic.ei_herhaling import repeated, signs
from tests.ei_toeval import Toeval, ei, since
from tests.ei_willekeurig_regels import REGELS

#: Element names that follow from the place of a record.
_GEPLAATST = ("kenmerk record", "identificatie detailrecord", "regelnummer vrije tekst")
UZOVI = [9901, 9902, 9903, 9904, 9905]


@dataclass
class Bedoeld:
    """What is meant by some messages.

    Attributes:
        layout: the standard.
        ei_code: message code.
        boom: which records there are.
        soort: kind of each prestatie, 0 to 3; what a kind is differs by standard.
        kop: elements of record 01, columns over the messages.
        waarden: elements of the detail records by code, columns over the records.
        begin: first day of each message's period, as days since 1970.
        eind: last day.
        dagen: first and last day of the prestaties.
    """

    layout: Layout
    ei_code: str
    boom: Boom
    soort: np.ndarray
    kop: dict[str, np.ndarray]
    begin: np.ndarray
    eind: np.ndarray
    waarden: dict[str, dict[str, np.ndarray]] = field(default_factory=dict)
    dagen: tuple[np.ndarray, np.ndarray] | None = None

    def number(self, code: str, naam: str) -> str | None:
        """Number of the element of a record whose name starts like this."""
        return next(
            (e.element for e in self.layout.records[code].elementen if _naam(e).startswith(naam)),
            None,
        )

    def write(self) -> list[bytes]:
        """The messages as files hold them."""
        lines = detail_lines(self.layout, self.boom, self.waarden)
        return list(messages(lines, self.kop))


def _naam(element: Element) -> str:
    return element.naam.lower()


#: Kinds of prestatie, 0 to 3, that may have a record under them; every kind when not named.
_MAG_ONDER = {("GZ321", "16"): (0,), ("GZ321", "17"): (0, 1), ("ZH308", "16"): (0, 1, 2)}


def _fan(draw: Toeval, parents: int, least: int, most: int) -> np.ndarray:
    """Parent of each child, ascending."""
    return np.repeat(np.arange(parents), draw.rng.integers(least, most + 1, size=parents))


def _tree(draw: Toeval, standard: Layout, n: int) -> tuple[Boom, np.ndarray]:
    """The records, and the kind of each prestatie."""
    ouder = {"02": _fan(draw, n, 1, 2)}
    ouder["04"] = _fan(draw, len(ouder["02"]), 1, 3)
    soort = draw.rng.integers(0, 4, size=len(ouder["04"]))
    for code in KINDEREN:
        if code in standard.records:
            under = _fan(draw, len(soort), int(code == "06"), 2)
            may = _MAG_ONDER.get((standard.standaard, code), (0, 1, 2, 3))
            ouder[code] = under[np.isin(soort[under], may)]
    commentaar = {}
    for code, parent in ouder.items():
        about = np.repeat(
            np.arange(len(parent)),
            draw.rng.choice([0, 1, 2], p=[0.9, 0.08, 0.02], size=len(parent)),
        )
        if len(about):
            commentaar[code] = about
    return Boom(n, ouder, draw.some(len(soort), 0.15), commentaar), soort


def _heads(draw: Toeval, ei_code: str, n: int, begin: np.ndarray, eind: np.ndarray) -> dict:
    """Record 01: who declares and who is paid (0109 to 0113), and the period."""
    paid = draw.rng.choice([1, 3, 4], p=[0.1, 0.3, 0.6], size=n)
    practice = paid == 3
    software = draw.some(n, 0.5)
    sent = eind + draw.rng.integers(0, 40, size=n)
    return {
        "0102": np.full(n, ei_code.encode()),
        "0106": np.where(software, draw.rng.integers(1, 10**6, size=n), 0),
        "0107": np.where(software, draw.text(n, 10), b""),
        "0108": draw.rng.choice(UZOVI, size=n),
        "0109": np.where(paid == 1, draw.agb(n, person=False), 0),
        "0110": np.where(practice, draw.agb(n, person=True), 0),
        "0111": np.where(practice, draw.agb(n, person=False), 0),
        "0112": np.where(practice, 0, draw.agb(n, person=False)),
        "0113": paid,
        "0114": ei(begin),
        "0115": ei(eind),
        "0116": np.char.add(np.char.mod(b"F%d", np.arange(n)), draw.text(n, 6)),
        "0117": ei(sent),
        "0118": np.where(draw.some(n, 0.2), b"NL123456789B01", b""),
    }


def _persons(draw: Toeval, meant: Bedoeld) -> dict[str, np.ndarray]:
    """Record 02, with the conditions of ZH308 0203 to 0223."""
    n, message = meant.boom.count("02"), meant.boom.message_of("02")
    found = _any(draw, meant, "02")
    bsn = draw.bsn(n)
    insured = found["0205"]
    found["0205"] = np.where((bsn == 999_999_999) & (insured == b""), b"VZ-999", insured)
    partner, abroad = draw.some(n, 0.3), draw.some(n, 0.1)
    land = meant.number("02", "code land")
    postcode = np.char.add(draw.digits(n, 4), draw.pick(n, ["AB", "ZE", "RK", "PE"]))
    born = draw.day(np.full(n, since("1915-01-01")), np.full(n, since("2014-12-31")))
    return found | {
        "0203": bsn,
        "0204": meant.kop["0108"][message],
        "0207": ei(np.where(draw.some(n, 0.02), since("1996-02-29"), born)),
        "0212": np.where(partner, 2, 0),
        "0213": np.where(partner, draw.text(n, 25), b""),
        "0214": np.where(partner & draw.some(n, 0.3), b"van der", b""),
        "0211": np.where(draw.some(n, 0.3), b"de", b""),
        "0216": draw.rng.integers(0, 5, size=n),
        "0217": np.where(abroad, b"", postcode),
        "0218": np.where(abroad, draw.digits(n, 5), b""),
        str(land): np.where(abroad, draw.pick(n, ["BE", "DE"]), b""),
        str(meant.number("02", "debiteurnummer")): np.full(n, b""),
    }


def _any(draw: Toeval, meant: Bedoeld, code: str) -> dict[str, np.ndarray]:
    """Some value for every element of a record that the caller of the writer gives."""
    n = meant.boom.count(code)
    placed = set(repeated(meant.layout, code)) | {e.element for e in signs(meant.layout, code)}
    return {
        e.element: draw.element(e, n)
        for e in meant.layout.records[code].elementen
        if e.verplicht != "S" and e.element not in placed and not _naam(e).startswith(_GEPLAATST)
    }


def _references(
    draw: Toeval, meant: Bedoeld, code: str, values: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """A number of its own for every record; that of the debit on a credit, and only there."""
    n = meant.boom.count(code)
    this = np.char.add(np.char.mod(f"{code}-%d.".encode(), np.arange(n)), draw.text(n, 8))
    before = np.char.add(np.char.mod(b"eerder%d", np.arange(n)), draw.text(n, 4))
    credit = meant.boom.credit if code == "04" else meant.boom.credit[meant.boom.ouder[code]]
    numbers = [meant.number(code, f"referentienummer {which}") for which in ("dit", "voorgaande")]
    for number, value in zip(numbers, (this, np.where(credit, before, b"")), strict=True):
        if number is not None:
            values[number] = value
    return values


def _days(
    draw: Toeval, meant: Bedoeld, code: str, values: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Begin and end inside the period of the message, a part inside its prestatie."""
    message = meant.boom.message_of(code)
    low, high = meant.begin[message], meant.eind[message]
    if code != "04":
        assert meant.dagen is not None
        low, high = (side[meant.boom.ouder[code]] for side in meant.dagen)
    begin = draw.day(low, high)
    end = draw.day(begin, high)
    before = np.where(draw.some(len(begin), 0.5), ei(begin - draw.rng.integers(0, 90)), 0)
    for element in meant.layout.records[code].elementen:
        if element.element in values:
            for naam, day in (
                ("begindatum", ei(begin)),
                ("datum prestatie", ei(begin)),
                ("einddatum", ei(end)),
                ("verwijsdatum", before),
            ):
                if _naam(element).startswith(naam):
                    values[element.element] = day
    if code == "04":
        meant.dagen = (begin, end)
    return values


def _amounts(
    draw: Toeval, meant: Bedoeld, code: str, values: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Tariff times number is what is asked in all; the receiver is asked that, or less."""
    if meant.number(code, "declaratiebedrag (incl") is None:
        return values
    n = meant.boom.count(code)
    number = np.ones(n, dtype=np.int64)
    times = meant.number(code, "aantal uitgevoerde")
    if times is not None:
        number = values[times] = draw.rng.integers(1, 30, size=n)
    tariff = np.where(draw.some(n, 0.02), 0, draw.rng.integers(1, 3_000_000, size=n))
    less = draw.rng.integers(0, 100, size=n) * draw.some(n, 0.2)
    amounts = {
        "tarief prestatie": tariff,
        "berekend bedrag": tariff * number,
        "declaratiebedrag (incl": tariff * number * (100 - less) // 100,
    }
    for naam, value in amounts.items():
        if (element := meant.number(code, naam)) is not None:
            values[element] = value
    return values


def make(standaard: str, versie: str, ei_code: str, n: int, seed: int) -> Bedoeld:
    """Draw messages.

    Args:
        standaard: for example ``AW319``.
        versie: its version.
        ei_code: one of the codes it travels under.
        n: number of messages.
        seed: of the draws.

    Returns:
        What is meant by them.
    """
    draw, standard = Toeval(seed), layout(standaard, versie)
    begin = draw.day(np.full(n, since("2015-01-01")), np.full(n, since("2020-10-01")))
    eind = begin + draw.rng.integers(0, 90, size=n)
    boom, soort = _tree(draw, standard, n)
    kop = _heads(draw, ei_code, n, begin, eind)
    meant = Bedoeld(standard, ei_code, boom, soort, kop, begin, eind)
    meant.waarden["02"] = _persons(draw, meant)
    for code in ("04", *KINDEREN):
        if code in boom.ouder:
            values = _any(draw, meant, code)
            for step in (_references, _days, _amounts):
                values = step(draw, meant, code, values)
            meant.waarden[code] = values
    REGELS.get(standaard, lambda *_: None)(draw, meant)
    meant.waarden["98"] = {"9804": draw.text(boom.count("98"), 140)}
    return meant
