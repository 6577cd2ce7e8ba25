"""One record of a retour message: the record as it was sent, and the answer behind it.

Rules for what is appended: official layouts AP305 v7.2, MZ302 v1.3 and EP302 v1.2, elements 81 and
up of each record, and record 99. Of the other layouts positions alone are known; they are filled
alike. HA305 v4.2 names the element at fault and a code of three digits; a retourcode that does not
begin with 0 does not fit there and is left out [from memory]. Its code verwerking is left empty: no
list of it is held.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ingest.declaraties.kinds import RecordSoort
from ingest.declaraties.retour.codes import Fout
from schemas.ei import Element, Record
from schemas.ei.retour import is_echo

_FAULT = ("retourcode", "foutcode", "fout rubrieknummer")


@dataclass(frozen=True)
class Oordeel:
    """The answer to one record.

    Attributes:
        fouten: at most three; none for a record that is returned as context.
        toegekend: whether its amounts are granted as declared; else nothing is.
    """

    fouten: tuple[Fout, ...] = ()
    toegekend: bool = False


def filled(element: Element, value: str) -> str:
    """A value in the form of its element: zeros before a number, spaces after text."""
    fill = value.rjust(element.lengte, "0") if element.type == "N" else value.ljust(element.lengte)
    return fill[: element.lengte]


def part(text: str, element: Element | None) -> str:
    """The characters of an element in a record; empty when the record has no such element."""
    return text[element.begin - 1 : element.eind] if element else ""


def _echo(text: str, record: Record) -> str:
    end = max(e.eind for e in record.elementen if is_echo(record, e))
    return text[:end].ljust(end)


def _named(record: Record, start: str) -> Element | None:
    return next((e for e in record.elementen if e.naam.lower().startswith(start)), None)


def _digits(text: str, element: Element | None) -> str:
    value = part(text, element)
    return value if value.isascii() and value.isdigit() else ""


def _fault(fouten: tuple[Fout, ...], naam: str) -> str:
    """What the fault with the number in the element's name, ``retourcode (02)``, puts in it."""
    at = int(naam[-3:-1]) - 1
    if at >= len(fouten):
        return ""
    if naam.startswith("fout rubrieknummer"):
        return fouten[at].element or ""
    code = fouten[at].retourcode
    if naam.startswith("foutcode"):
        return code[1:] if code.startswith("0") else ""
    return code


class _Answer:
    """Fills the appended elements of one record.

    Args:
        heen: the record kind as it was declared.
        text: the record as it was sent.
        oordeel: what is answered.
    """

    def __init__(self, heen: RecordSoort, text: str, oordeel: Oordeel) -> None:
        self._heen, self._text, self._oordeel = heen, text, oordeel

    def value(self, record: Record, element: Element) -> str:
        """The value of an appended element of ``record``."""
        naam = element.naam.lower()
        if naam.startswith(_FAULT):
            return _fault(self._oordeel.fouten, naam)
        if element.kolom == "toegekend_cent":
            return self._granted("bedrag_cent")
        if element.kolom == "toegekend_debet_credit":
            return self._sign("debet_credit")
        if naam.startswith("toegekend btw"):
            btw = _named(self._heen.record, "btw bedrag")
            return _digits(self._text, btw) if self._oordeel.toegekend else ""
        return self._computed(record, element, naam)

    def _granted(self, kolom: str) -> str:
        return _digits(self._text, self._heen.met_kolom(kolom)) if self._oordeel.toegekend else ""

    def _sign(self, kolom: str) -> str:
        sign = part(self._text, self._heen.met_kolom(kolom))
        return "C" if sign == "C" and self._oordeel.toegekend else "D"

    def _computed(self, record: Record, element: Element, naam: str) -> str:
        """Berekend bedrag zorgverzekeraar and its sign, where the standard wants them filled."""
        sign = _named(record, "indicatie debet/credit (03)")
        if sign is None or sign.verplicht != "M":
            return ""
        if naam.startswith("berekend bedrag zorgverzekeraar"):
            return self._granted("berekend_cent")
        return self._sign("berekend_debet_credit") if element is sign else ""


class Answers:
    """Makes the detail records of retour messages of one record kind.

    Nothing is granted of a refused record, so what is appended to it depends on its codes alone and
    is made once for each set of codes.

    Args:
        heen: the record kind as it was declared.
        record: the record in the layout of the retour message.
    """

    def __init__(self, heen: RecordSoort, record: Record) -> None:
        self._heen, self._record = heen, record
        self._appended = [e for e in record.elementen if not is_echo(record, e)]
        self._end = self._appended[0].begin - 1
        self._refused: dict[tuple[Fout, ...], str] = {}

    def answered(self, text: str, oordeel: Oordeel) -> str:
        """A record and its answer.

        Args:
            text: the record as it was sent.
            oordeel: what is answered.

        Returns:
            The record, without line end.
        """
        echo = text[: self._end].ljust(self._end)
        if oordeel.toegekend:
            return echo + self._tail(text, oordeel)
        if oordeel.fouten not in self._refused:
            self._refused[oordeel.fouten] = self._tail("", oordeel)
        return echo + self._refused[oordeel.fouten]

    def _tail(self, text: str, oordeel: Oordeel) -> str:
        answer = _Answer(self._heen, text, oordeel)
        return "".join(filled(e, answer.value(self._record, e)) for e in self._appended)


def header(
    record: Record, text: str, ei_code: str, dagtekening: date, fouten: tuple[Fout, ...]
) -> str:
    """Record 01 of a retour message: that of the declaration, under another message code.

    Args:
        record: record 01 in the layout of the retour message.
        text: record 01 as it was sent.
        ei_code: code of the retour message.
        dagtekening: day of the retour message.
        fouten: codes for the message as a whole.

    Returns:
        The record, without line end.
    """
    echo = _echo(text, record)
    parts = [echo[:2], ei_code, echo[5:9], "P", echo[10:]]
    for element in (e for e in record.elementen if not is_echo(record, e)):
        naam = element.naam.lower()
        if element.kolom == "dagtekening_retour":
            parts.append(f"{dagtekening:%Y%m%d}")
        else:
            value = _fault(fouten, naam) if naam.startswith(_FAULT) else ""
            parts.append(filled(element, value))
    return "".join(parts)
