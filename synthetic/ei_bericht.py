"""EI messages of any standard, from columns by element number and the layout alone.

The caller says what the records hold. What the standards prescribe follows from the layout: the
numbering of detail records, what a record repeats from the records above it, the sign of the
amounts, and the counts and the total of the closing record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schemas.ei import Layout
from synthetic.ei_boom import KINDEREN, Boom, Getallen, place, within
from synthetic.ei_herhaling import money_code, repeated, signs
from synthetic.ei_writer import Waarde, write_records


@dataclass(frozen=True)
class Berichtregels:
    """Detail lines of many messages.

    Attributes:
        layout: the standard.
        matrix: all lines, shape (lines, record length + 2).
        begin: first line of each message and one past the last, shape (messages + 1,).
        aantal: number of records by code, shape (messages,) each.
        cent: signed sum of the declaratiebedragen per message in eurocents.
    """

    layout: Layout
    matrix: NDArray[np.uint8]
    begin: Getallen
    aantal: dict[str, Getallen]
    cent: Getallen


def _taken(waarde: Waarde, rows: Getallen) -> Waarde:
    return waarde if isinstance(waarde, (bytes, int)) else waarde[rows]


@dataclass(frozen=True)
class _Filling:
    """Fills in what follows from the place of a record."""

    layout: Layout
    boom: Boom
    waarden: Mapping[str, Mapping[str, Waarde]]

    def above(self, code: str, above: str) -> Getallen:
        """Position of the 02 or 04 above every record of a kind."""
        rows = self.boom.ouder[code]
        return self.boom.ouder["04"][rows] if code in KINDEREN and above == "02" else rows

    def values(self, code: str) -> dict[str, Waarde]:
        """All values of a record kind.

        Raises:
            ValueError: a value was given for an element that follows from its place.
        """
        if code == "98":
            over = [within(rows) for _, rows in self.boom.comments()]
            return dict(self.waarden["98"]) | {"9803": np.concatenate(over) + 1}
        filled: dict[str, Waarde] = {}
        for number, (above, source) in repeated(self.layout, code).items():
            value = self.waarden[above].get(source)
            if value is not None:
                filled[number] = _taken(value, self.above(code, above))
        if code != "02":
            credit = self.boom.credit
            rows = slice(None) if code == "04" else self.boom.ouder[code]
            letter = np.where(credit, b"C", b"D")[rows]
            filled |= {e.element: letter for e in signs(self.layout, code)}
        given = self.waarden.get(code, {})
        twice = sorted(set(given) & set(filled))
        if twice:
            raise ValueError(f"{', '.join(twice)}: follows from the records above, is not given")
        return dict(given) | filled


def detail_lines(
    layout: Layout,
    boom: Boom,
    waarden: Mapping[str, Mapping[str, Waarde]],
    volgende: Getallen | None = None,
) -> Berichtregels:
    """Write the detail records of many messages.

    Args:
        layout: the standard.
        boom: which records there are.
        waarden: values by record code and element number: a constant, or a column over the records
            in the order of ``boom``. Elements that follow from the place of a record (its number,
            what it repeats, its sign) are not given.
        volgende: detail records already written per message; numbering goes on there.

    Returns:
        The lines, message by message.

    Raises:
        ValueError: a value does not fit its element, or follows from the place of its record.
        KeyError: a record has no such element.
    """
    plaatsing = place(boom)
    filling = _Filling(layout, boom, waarden)
    matrix = np.empty((int(plaatsing.begin[-1]), layout.recordlengte + 2), dtype=np.uint8)
    done = np.zeros(boom.berichten, dtype=np.int64) if volgende is None else volgende
    aantal = {}
    for code, at in plaatsing.regel.items():
        message = boom.message_of(code)
        number = {f"{code}02": plaatsing.nummer[code] + done[message]}
        record = layout.records[code]
        values = number | filling.values(code)
        matrix[at] = write_records(record, layout.recordlengte, values, len(at))
        aantal[code] = np.bincount(message, minlength=boom.berichten)
    return Berichtregels(layout, matrix, plaatsing.begin, aantal, _totals(layout, boom, waarden))


def _totals(layout: Layout, boom: Boom, waarden: Mapping[str, Mapping[str, Waarde]]) -> Getallen:
    out = np.zeros(boom.berichten, dtype=np.int64)
    code = money_code(layout)
    if code not in boom.ouder:
        return out
    element = layout.records[code].bij_kolom("bedrag_cent")
    assert element is not None, f"{layout.standaard} has no declaratiebedrag"  # noqa: S101
    given = waarden.get(code, {}).get(element.element, 0)
    cent = np.broadcast_to(np.asarray(given, dtype=np.int64), (boom.count(code),))
    credit = boom.credit if code == "04" else boom.credit[boom.ouder[code]]
    signed = np.where(credit, -cent, cent)
    np.add.at(out, boom.message_of(code), signed)
    return out


def heads(layout: Layout, kop: Mapping[str, Waarde], n: int) -> NDArray[np.uint8]:
    """Records 01; the version is filled from the layout, EUR is the currency.

    Args:
        layout: the standard.
        kop: values by element number, constants or columns over the messages.
        n: number of messages.

    Returns:
        Matrix of bytes, shape (n, record length + 2).
    """
    major, minor = layout.versie.split(".")
    fixed: dict[str, Waarde] = {
        "0102": layout.ei_code.encode(), "0103": int(major), "0104": int(minor), "0105": b"P",
        "0119": b"EUR",
    }  # fmt: skip
    return write_records(layout.records["01"], layout.recordlengte, fixed | dict(kop), n)


def closes(
    layout: Layout,
    aantal: Mapping[str, Getallen],
    cent: Getallen,
    toegekend: Getallen | None = None,
) -> NDArray[np.uint8]:
    """Records 99 with counts and total; a net of zero is zeros with D.

    Args:
        layout: the standard.
        aantal: detail records by code, shape (n,) each.
        cent: signed total per message, shape (n,).
        toegekend: the signed total that is granted; of retour messages alone.

    Returns:
        Matrix of bytes, shape (n, record length + 2).
    """
    known: dict[str, Waarde] = {
        "aantal_detail": np.sum(list(aantal.values()), axis=0),
        "totaal_cent": np.abs(cent),
        "debet_credit": np.where(cent < 0, b"C", b"D"),
    }
    if toegekend is not None:
        known["toegekend_cent"] = np.abs(toegekend)
        known["toegekend_debet_credit"] = np.where(toegekend < 0, b"C", b"D")
    values: dict[str, Waarde] = {}
    for element in layout.records["99"].elementen:
        kolom = element.kolom or ""
        if kolom in known:
            values[element.element] = known[kolom]
        elif kolom.startswith("aantal_"):
            values[element.element] = aantal.get(kolom[-2:], 0)
    return write_records(layout.records["99"], layout.recordlengte, values, len(cent))


def messages(regels: Berichtregels, kop: Mapping[str, Waarde]) -> Iterator[bytes]:
    """Whole messages, one after another.

    Args:
        regels: their detail lines.
        kop: values of record 01, constants or columns over the messages.

    Yields:
        Each message with its head and closing record, every line ended by CR and LF.
    """
    first = heads(regels.layout, kop, len(regels.cent))
    last = closes(regels.layout, regels.aantal, regels.cent)
    for i, start in enumerate(regels.begin[:-1]):
        lines = regels.matrix[start : regels.begin[i + 1]]
        yield first[i].tobytes() + lines.tobytes() + last[i].tobytes()
