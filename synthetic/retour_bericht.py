"""Retour messages of the demo region, from a message as it was sent and what is granted of it.

A retour record is the record as it was sent, with the answer behind it; which elements are which,
and where they stand, follows from the layouts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from schemas.ei import Element, Layout, Record
from schemas.ei.retour import Retourvorm, is_echo
from synthetic.ei_bericht import closes
from synthetic.ei_herhaling import money_code
from synthetic.ei_writer import Waarde, write_records
from synthetic.fouten_ei import NUMMERS
from synthetic.gegevens import table

Getallen = NDArray[np.int64]

#: The codes of a message that is granted as declared, of one that is not, and of one refused whole.
TOEGEWEZEN, GEEN_OPMERKING, AFGEWEZEN = "8001", "0200", "8073"
_EI_CODE = slice(2, 5)


@dataclass(frozen=True)
class Heen:
    """A message as it was sent, with its prestaties as arrays.

    Attributes:
        layout: standard and version.
        matrix: its records with their line ends, shape (lines, record length + 2).
    """

    layout: Layout
    matrix: NDArray[np.uint8]

    @classmethod
    def read(cls, layout: Layout, inhoud: bytes) -> Heen:
        """A whole message.

        Raises:
            ValueError: its records are not of one length, or its amounts stand in records 06.
        """
        if money_code(layout) != "04":
            raise ValueError(f"{layout.standaard}: amounts of records 06 are not answered here")
        octets = np.frombuffer(inhoud, dtype=np.uint8)
        return cls(layout, octets.reshape(-1, layout.recordlengte + 2))

    @cached_property
    def kenmerk(self) -> Getallen:
        """Record code of every line."""
        return _number(self.matrix[:, :2])

    @cached_property
    def regel(self) -> Getallen:
        """Line of every prestatie."""
        return np.flatnonzero(self.kenmerk == 4)

    @cached_property
    def persoon(self) -> Getallen:
        """Line of the insured person above every prestatie."""
        persons = np.flatnonzero(self.kenmerk == 2)
        return persons[np.searchsorted(persons, self.regel) - 1]

    @cached_property
    def cent(self) -> Getallen:
        """Declared amount of every prestatie in eurocents, without its sign."""
        return self._numbers("bedrag_cent")

    @cached_property
    def teken(self) -> Getallen:
        """-1 for a credit, else 1."""
        element = self._element("debet_credit")
        return np.where(self.matrix[self.regel, element.begin - 1] == ord("C"), -1, 1)

    @cached_property
    def jaar(self) -> Getallen:
        """Year in which every prestatie began."""
        return self._numbers("begindatum") // 10_000

    @cached_property
    def nummer(self) -> Getallen:
        """Number behind the reference of every prestatie: what follows its letter."""
        element = self._element("referentie")
        return _number(self.matrix[self.regel, element.begin : element.begin + 12])

    @cached_property
    def is_fout(self) -> NDArray[np.bool_]:
        """Whether a prestatie is a planted fault, which is in no fact."""
        return self.nummer >= NUMMERS

    def _element(self, kolom: str) -> Element:
        element = self.layout.records["04"].bij_kolom(kolom)
        assert element is not None, f"{self.layout.standaard} has no {kolom}"  # noqa: S101
        return element

    def _numbers(self, kolom: str) -> Getallen:
        element = self._element(kolom)
        return _number(self.matrix[self.regel, element.begin - 1 : element.eind])


def _number(octets: NDArray[np.uint8]) -> Getallen:
    """Integers from columns of digits."""
    powers = 10 ** np.arange(octets.shape[1] - 1, -1, -1, dtype=np.int64)
    return (octets.astype(np.int64) - ord("0")) @ powers


@dataclass(frozen=True)
class Besluit:
    """What an insurer makes of a message.

    Attributes:
        cent: granted of every prestatie in eurocents, without sign.
        oordeel: row of ``retour_oordelen.csv`` of a prestatie that is returned, else -1.
        geheel: whether the message is refused as a whole: nothing is granted or returned.
    """

    cent: Getallen
    oordeel: Getallen
    geheel: bool = False

    @property
    def code(self) -> str:
        """Retourcode of the message."""
        if self.geheel:
            return AFGEWEZEN
        return GEEN_OPMERKING if (self.oordeel >= 0).any() else TOEGEWEZEN


@dataclass(frozen=True)
class Retour:
    """A retour message.

    Attributes:
        inhoud: its text.
        aantal: records by code.
    """

    inhoud: bytes
    aantal: dict[str, int]


def retour_message(heen: Heen, vorm: Retourvorm, besluit: Besluit, dag: int) -> Retour:
    """Write the answer to a message.

    Args:
        heen: the message as it was sent.
        vorm: the form of its answer, whose layout is held.
        besluit: what is granted.
        dag: day of the answer as ``20240215``.

    Returns:
        The answer: of a message that is granted or refused as a whole records 01 and 99 alone.
    """
    layout = vorm.layout
    back = np.flatnonzero(besluit.oordeel >= 0)
    persons = np.unique(heen.persoon[back])
    prestaties = _answered(heen, layout, "04", heen.regel[back], _prestaties(layout, besluit, back))
    details = np.concatenate([_answered(heen, layout, "02", persons, {}), prestaties])
    order = np.argsort(np.r_[persons, heen.regel[back]])
    head = _codes(layout.records["01"], np.array([besluit.code.encode()])) | {"0182": dag}
    first = _answered(heen, layout, "01", np.zeros(1, dtype=np.int64), head)
    first[:, _EI_CODE] = np.frombuffer(vorm.ei_code.encode(), dtype=np.uint8)
    counts = {"02": np.array([len(persons)]), "04": np.array([len(back)])}
    declared, granted = (
        np.array([int((heen.teken * cent).sum())]) for cent in (heen.cent, besluit.cent)
    )
    last = closes(layout, counts, declared, granted)
    text = first.tobytes() + details[order].tobytes() + last.tobytes()
    return Retour(text, {"01": 1, "02": len(persons), "04": len(back), "99": 1})


def _answered(
    heen: Heen, layout: Layout, code: str, rows: Getallen, waarden: dict[str, Waarde]
) -> NDArray[np.uint8]:
    """Records as they were sent, with the answer behind them."""
    record = layout.records[code]
    matrix = write_records(record, layout.recordlengte, waarden, len(rows))
    end = min(e.begin for e in record.elementen if not is_echo(record, e)) - 1
    sent = min(end, heen.layout.recordlengte)
    matrix[:, :sent] = heen.matrix[rows, :sent]
    return matrix


def _prestaties(layout: Layout, besluit: Besluit, back: Getallen) -> dict[str, Waarde]:
    """What is appended to returned prestaties; all of them are debits or granted nothing."""
    record, cent = layout.records["04"], besluit.cent[back]
    rows = table("retour_oordelen")
    codes = np.array([row["retourcode"].encode() for row in rows])[besluit.oordeel[back]]
    values = _codes(record, codes)
    for element in (e for e in record.elementen if not is_echo(record, e)):
        naam = element.naam.lower()
        if element.kolom == "toegekend_cent":
            values[element.element] = cent
        elif element.verplicht != "S" and naam.startswith("indicatie debet/credit"):
            values[element.element] = b"D"
        elif naam.startswith("fout rubrieknummer (01)"):
            numbers = np.array([_faulty(record, row["kolom"]) for row in rows])
            values[element.element] = numbers[besluit.oordeel[back]]
    return values


def _faulty(record: Record, kolom: str) -> int:
    """Number of the element that a code is about, 0 for none."""
    element = record.bij_kolom(kolom)
    return int(element.element) if element else 0


def _codes(record: Record, codes: NDArray[np.bytes_]) -> dict[str, Waarde]:
    """The first retourcode of records; where it has three digits (HA305), codes that begin so."""
    element = record.bij_kolom("retourcode_1")
    assert element is not None, f"record {record.code} has no retourcode"  # noqa: S101
    if element.lengte > 3:
        return {element.element: codes}
    number = np.array([int(code) for code in codes], dtype=np.int64)
    return {element.element: np.where(number < 1000, number, 0)}
