"""Reading what was written gives back the same rows: a thousand random messages per writer.

What is meant is held beside what the real reader makes of the files: every element of every
record, and every row of the raw tables. Nothing may be refused.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest.declaraties.columns import columns
from ingest.declaraties.intake import read
from ingest.declaraties.kinds import RecordSoort
from ingest.declaraties.matrix import make_matrix
from ingest.declaraties.texts import add_texts
from ingest.textlines import read_blocks
from schemas.ei import Element
from schemas.tables import Kolom, kolommen
from tests.ei_bedoeld import Regel, Uitgeschreven, Waarde, key_of, read_as, sent
from tests.ei_willekeurig import make
from tests.read_files import Gelezen, lees

BERICHTEN = 1_000
_BESTANDEN = 4
SCHRIJVERS = [
    ("ZH308", "9.0", "101"),
    ("HA304", "4.2", "112"),
    ("AP304", "8.0", "193"),
    ("AW319", "1.4", "428"),
    ("AW319", "1.4", "187"),
    ("GZ321", "1.0", "195"),
    ("MZ301", "1.3", "176"),
    ("PM304", "3.2", "107"),
]
TABELLEN = {
    "decl_verzekerde": "02",
    "decl_prestatie": "04",
    "decl_tarief": "06",
    "decl_zorgactiviteit": "16",
    "decl_tijdsbesteding": "17",
}
#: Elements with a column that hold one value in all messages, as a condition or the list asks.
_VAST = {
    "HA304": {"0410"},
    "AP304": set(),
    "MZ301": {"0412", "0417", "0418"},
    "AW319": {"0413", "0416", "0421"},
    "GZ321": {"0427", "0429", "0613", "1613", "1715"},
    "PM304": set(),
    "ZH308": {"0426"},
}
#: Numbers that mean something only together with who declares.
_VAN_DECLARANT = ("referentie", "voorgaande_referentie", "subtrajectnummer", "zorgtrajectnummer")
_BEDRAGEN = ("bedrag_cent", "berekend_cent", "basis_cent", "aanvullend_cent")


class Rondgang:
    """Messages that were meant, written and read."""

    def __init__(self, schrijver: tuple[str, str, str], folder: Path) -> None:
        standaard, versie, ei_code = schrijver
        seed = sum(map(ord, standaard)) * 1_000 + int(ei_code)
        self.bedoeld = make(standaard, versie, ei_code, BERICHTEN, seed)
        self.layout = self.bedoeld.layout
        self.uit = Uitgeschreven(self.bedoeld)
        self.teksten = self.bedoeld.write()
        step = BERICHTEN // _BESTANDEN
        files = {
            f"{i}.asc": b"".join(self.teksten[i * step : (i + 1) * step]) for i in range(_BESTANDEN)
        }
        self.gelezen: Gelezen = lees(read, folder, files)
        every = "select record_nr from record"
        add_texts(self.gelezen.con, self.gelezen.delivery, every)
        self.koppen = self.uit.heads()

    def records(self, code: str) -> list[dict[str, Waarde]]:
        if code == "01":
            return self.koppen
        if code == "99":
            return self.uit.closing()
        return [regel.waarden for regel in self.uit.of_kind(code)]

    def declarant(self, bericht: int) -> str:
        """COD833: 03 pays a praktijk, 04 an instelling; 01 a servicebureau, for whom it works."""
        kop = self.koppen[bericht]
        return f"{int(kop['0111'] or kop['0112']):08d}"

    def column(self, code: str, naam: str) -> Element | None:
        return self.layout.records[code].bij_kolom(naam)

    def expected(self, tabel: str, kolom: Kolom, regel: Regel) -> object:
        """What a column of a raw table must hold for a record."""
        naam, code, values = kolom.naam, regel.code, regel.waarden
        if naam == "bericht_sleutel":
            return key_of(self.teksten[regel.bericht])
        if naam == "prestatie_identificatie":
            return f"{regel.prestatie[f'04{2:02d}']:012d}"
        if naam == "verzekerde_ref":
            number = values[f"{code}05"].decode("latin-1")
            return f"{int(values[f'{code}04']):04d}|{number}" if number else None
        if naam == "is_duur_geneesmiddel":
            filled = self.column(code, "duur_geneesmiddel")
            return bool(values[filled.element]) if filled else None
        element = self.column(code, naam)
        if element is None:
            return 1 if naam == "aantal" else None
        found = values[element.element]
        if naam in _VAN_DECLARANT:
            text = found.decode("latin-1")
            return f"{self.declarant(regel.bericht)}|{text}" if text else None
        if naam in _BEDRAGEN:
            return -int(found) if self._credit(regel) else int(found)
        return int(found) if naam.startswith("aantal") else read_as(element, found)

    def _credit(self, regel: Regel) -> bool:
        return any(
            regel.waarden[e.element] == b"C"
            for e in self.layout.records[regel.code].elementen
            if (e.codelijst or "").startswith("COD043")
        )


@pytest.fixture(scope="module", params=SCHRIJVERS, ids=lambda s: f"{s[0]}-{s[2]}")
def rondgang(request, tmp_path_factory) -> Rondgang:
    return Rondgang(request.param, tmp_path_factory.mktemp("rondgang"))


def test_nothing_that_was_written_is_refused(rondgang) -> None:
    assert rondgang.gelezen.redenen()[:5] == []
    assert rondgang.gelezen.reading.bijzonder["berichten"] == BERICHTEN
    lines = sum(text.count(b"\r\n") for text in rondgang.teksten)
    assert sum(accepted for accepted, *_ in rondgang.gelezen.telling().values()) == lines
    assert lines == len(rondgang.uit.regels) + 2 * BERICHTEN


def test_the_messages_use_every_form(rondgang) -> None:
    """Without this the tests below could pass on messages that say little."""
    boom = rondgang.bedoeld.boom
    assert boom.count("98") > 100
    assert 100 < boom.credit.sum() < len(boom.credit)
    assert any(octet > 0xBF for octet in rondgang.teksten[0])
    constant = {
        element.element
        for code in boom.ouder
        for element in rondgang.layout.records[code].elementen
        if element.kolom and len({r[element.element] for r in rondgang.records(code)}) == 1
    }
    assert constant <= _VAST[rondgang.layout.standaard]


def _cut(rondgang: Rondgang, code: str) -> list[tuple[str | None, ...]]:
    """Every element of every record of a kind, cut by the reader as if each fed a column."""
    record = rondgang.layout.records[code]
    named = tuple(replace(e, kolom=f"e{e.element}") for e in record.elementen)
    kind = RecordSoort(0, rondgang.layout, replace(record, elementen=named))
    rows: list[tuple[str | None, ...]] = []
    for file in rondgang.gelezen.delivery.files:
        for block in read_blocks(file):
            lines = block.strings().to_pylist()
            places = np.array([i for i, line in enumerate(lines) if line.startswith(code)])
            if len(places):
                matrix = make_matrix(block, places, rondgang.layout.recordlengte)
                found = columns(kind, matrix)
                rows += zip(*(array.to_pylist() for array in found.values()), strict=True)
    return rows


@pytest.mark.parametrize("code", ["01", "02", "04", "06", "16", "17", "98", "99"])
def test_every_element_of_every_record_is_read_as_it_was_meant(rondgang, code) -> None:
    if code not in rondgang.layout.records:
        assert not [r for r in rondgang.uit.regels if r.code == code]
        return
    meant = rondgang.records(code)
    elements = rondgang.layout.records[code].elementen
    texts = rondgang.gelezen.rows(
        f"select tekst from record where naam = '{rondgang.layout.standaard}/{code}'"
        " order by record_nr"
    )
    rows = _cut(rondgang, code)
    assert len(rows) == len(texts) == len(meant)
    for place, (row, (text,), values) in enumerate(zip(rows, texts, meant, strict=True)):
        assert text == "".join(sent(e, values[e.element]) for e in elements), place
        wanted = tuple(read_as(e, values[e.element]) for e in elements)
        if row != wanted:
            found = zip(elements, row, wanted, strict=True)
            wrong = [(e.element, *pair) for e, *pair in found if pair[0] != pair[1]]
            raise AssertionError(f"record {place} of kind {code}: {wrong[:3]}")


@pytest.mark.parametrize("tabel", TABELLEN)
def test_every_row_of_the_raw_tables_is_as_it_was_meant(rondgang, tabel) -> None:
    code = TABELLEN[tabel]
    loaded = code in rondgang.layout.records and rondgang.column(code, "identificatie")
    meant = rondgang.uit.of_kind(code) if loaded else []
    kolommen_ = kolommen(tabel)
    names = ", ".join(k.naam for k in kolommen_)
    rows = rondgang.gelezen.rows(f"select {names} from proj_{tabel} order by record_nr")
    assert len(rows) == len(meant)
    for place, (row, regel) in enumerate(zip(rows, meant, strict=True)):
        wanted = tuple(rondgang.expected(tabel, k, regel) for k in kolommen_)
        if row != wanted:
            differ = [
                (k.naam, a, b) for k, a, b in zip(kolommen_, row, wanted, strict=True) if a != b
            ]
            raise AssertionError(f"row {place} of {tabel}: {differ}")


def test_the_messages_themselves_are_as_they_were_meant(rondgang) -> None:
    names = ("bericht_sleutel", "standaard", "versie", "ei_code", "uzovi", "declarant_id",
             "factuurnummer", "totaal_cent")  # fmt: skip
    rows = rondgang.gelezen.rows(
        f"select {', '.join(names)} from proj_decl_bericht order by record_nr"
    )
    closing, layout = rondgang.records("99"), rondgang.layout
    total = rondgang.column("99", "totaal_cent")
    sign = rondgang.column("99", "debet_credit")
    assert total is not None
    assert sign is not None
    for i, row in enumerate(rows):
        kop, slot = rondgang.koppen[i], closing[i]
        amount = int(slot[total.element]) * (-1 if slot[sign.element] == b"C" else 1)
        wanted = (
            key_of(rondgang.teksten[i]), layout.standaard, layout.versie, rondgang.bedoeld.ei_code,
            f"{kop['0108']:04d}", rondgang.declarant(i), kop["0116"].decode("latin-1"), amount,
        )  # fmt: skip
        assert row == wanted, i
    assert len(rows) == BERICHTEN
