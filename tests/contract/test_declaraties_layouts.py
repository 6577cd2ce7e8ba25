"""The layouts hold what the reader of declarations relies on."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.declaraties.comparing import who_elements
from ingest.declaraties.elements import aard
from ingest.declaraties.kinds import record_kinds
from ingest.declaraties.matrix import make_matrix
from ingest.declaraties.pattern import judge
from ingest.declaraties.projection import DETAIL_TABELLEN
from ingest.declaraties.structure import MAG_NA
from ingest.textblock import Block
from schemas.ei import alle_layouts
from schemas.tables import TABELLEN
from tests.ei_bericht import ha304_voorbeeld, zh308_voorbeeld

HEEN = [x for x in alle_layouts() if x.richting == "heen"]
LAYOUTS = pytest.mark.parametrize("layout", HEEN, ids=lambda x: f"{x.standaard}v{x.versie}")
KINDS = pytest.mark.parametrize(
    "kind", [k for k in record_kinds() if not k.is_retour], ids=lambda k: k.tabel
)

#: Columns made of others, or given by the message.
MADE = {"bericht_sleutel", "verzekerde_ref", "prestatie_identificatie", "aantal"}


@LAYOUTS
def test_every_message_says_who_declares_counts_and_adds_up(layout) -> None:
    head = {e.kolom for e in layout.records["01"].elementen}
    assert {"betaling_aan", "instelling", "praktijk", "zorgverlener", "servicebureau"} <= head
    counted = {
        e.kolom.removeprefix("aantal_") for e in layout.records["99"].elementen
        if e.kolom and e.kolom.startswith("aantal_")
    }  # fmt: skip
    assert set(layout.records) - {"01", "99"} <= counted
    assert {"totaal_cent", "debet_credit", "aantal_detail"} <= {
        e.kolom for e in layout.records["99"].elementen
    }
    money = layout.records["06" if "06" in layout.records else "04"]
    assert money.bij_kolom("bedrag_cent")
    assert money.bij_kolom("debet_credit")


@LAYOUTS
def test_every_record_kind_has_a_place_in_the_order(layout) -> None:
    assert {int(code) for code in layout.records} - {1} <= set(MAG_NA)


@KINDS
def test_amounts_have_a_sign_and_columns_are_fed_once(kind) -> None:
    columns = [e.kolom for e in kind.record.elementen if e.kolom]
    assert len(columns) == len(set(columns))
    for amount, sign in (
        ("bedrag_cent", "debet_credit"),
        ("berekend_cent", "berekend_debet_credit"),
    ):
        element = kind.met_kolom(amount)
        if element is not None:
            teken = kind.met_kolom(sign)
            assert teken is not None
            assert aard(teken) == "debet_credit"


@KINDS
def test_a_detail_record_says_whom_it_is_about_in_one_stretch(kind) -> None:
    elements = who_elements(kind)
    if kind.record.code in ("01", "03", "98", "99"):
        assert elements == []
        return
    assert [e.naam.split()[0].lower() for e in elements] == [
        "burgerservicenummer", "uzovi-nummer", "verzekerdennummer",
    ]  # fmt: skip
    assert [(e.begin, e.lengte) for e in elements] == [(15, 9), (24, 4), (28, 15)]


@KINDS
def test_what_a_table_must_have_is_fed(kind) -> None:
    code = kind.record.code
    tabel = next((t for t, c in DETAIL_TABELLEN.items() if c == code), None)
    if tabel is None or kind.met_kolom("identificatie") is None:
        return
    required = {
        name
        for name, column in TABELLEN[tabel].to_schema().columns.items()
        if not column.nullable and name not in MADE
    }
    assert required <= {e.kolom for e in kind.record.elementen}


def judged(kind, lines: list[str]) -> list[bool]:
    octets = "".join(line + "\n" for line in lines).encode()
    ends = np.cumsum([len(line) + 1 for line in lines]) - 1
    block = Block.of("f", np.arange(1, len(lines) + 1), octets, ends)
    matrix = make_matrix(block, np.arange(len(lines)), kind.layout.recordlengte)
    return judge(kind, matrix).tolist()


@KINDS
def test_the_fast_judge_knows_every_kind_and_refuses_noise(kind) -> None:
    noise = kind.record.code + "~" * (kind.layout.recordlengte - 2)
    assert judged(kind, [noise, noise]) == [False, False]


def test_the_fast_judge_passes_good_records_and_no_others() -> None:
    kinds = {k.naam: k for k in record_kinds() if k.layout.versie in ("9.0", "4.2")}
    for message in (zh308_voorbeeld(), ha304_voorbeeld()):
        for line in message.regels:
            kind = kinds[f"{message.layout.standaard}/{line[:2]}"]
            wrong = line[:2] + "x" * (len(line) - 2)
            assert judged(kind, [line, wrong, line]) == [True, False, True], kind.naam
