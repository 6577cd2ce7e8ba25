"""Retour messages of the demo region, read by position: they come to the planted truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import pytest

from schemas.ei import Layout, retour_layouts
from schemas.ei.retour import retour_forms
from synthetic.gegevens import table
from synthetic.region import write_region
from tests.synthetic_bestanden import Bericht, Gebied, Regel

_SECTOR = {row["ei_code"]: row["sector"] for row in table("sectoren")}
_HEEN = {form.ei_code: heen for (heen, _), form in retour_forms().items()}


@dataclass
class Retour:
    """A retour message: its head, the records it returns, and its closing record."""

    kop: Regel
    terug: list[Regel] = field(default_factory=list)
    slot: Regel | None = None

    @property
    def factuur(self) -> tuple[str, str, str, str]:
        """Message code of the declaration, practice, insurer and invoice it is about."""
        w = self.kop.waarden
        return _HEEN[w["0102"]], w["0111"] + w["0112"], w["0108"], w["0116"]


@pytest.fixture(scope="module")
def gebied(tmp_path_factory: pytest.TempPathFactory) -> Gebied:
    out = tmp_path_factory.mktemp("retour")
    write_region(3_000, 1, out, progress=lambda _line: None)
    return Gebied(out)


@pytest.fixture(scope="module")
def retouren(gebied: Gebied) -> list[Retour]:
    found: list[Retour] = []
    for pad in sorted((gebied.pad / "retour-verzekeraars").glob("*/*.asc")):
        layout: Layout | None = None
        for line in pad.read_bytes().decode("latin-1").split("\r\n")[:-1]:
            if line.startswith("01"):
                layout = retour_layouts()[line[2:5], f"{int(line[5:7])}.{int(line[7:9])}"]
            assert layout is not None
            assert len(line) == layout.recordlengte
            elements = layout.records[line[:2]].elementen
            values = {e.element: line[e.begin - 1 : e.eind].strip() for e in elements}
            record = Regel(line[:2], values, layout)
            if record.code == "01":
                found.append(Retour(record))
            elif record.code == "99":
                found[-1].slot = record
            else:
                found[-1].terug.append(record)
    return found


def _cent(record: Regel, soort: str) -> int:
    sign = -1 if record.kolom(f"{soort}debet_credit") == "C" else 1
    return sign * int(record.kolom(f"{soort}cent" if soort else "bedrag_cent"))


def _granted(bericht: Bericht, retour: Retour) -> dict[int, int]:
    """Granted eurocents by line of the message."""
    assert retour.slot is not None
    nothing = not retour.terug and int(retour.slot.kolom("toegekend_cent")) == 0
    lost = {
        r.kolom("referentie"): _cent(r, "") - _cent(r, "toegekend_")
        for r in retour.terug
        if r.code == "04"
    }
    return {
        i: 0 if nothing else r.cent() - lost.get(r.kolom("referentie"), 0)
        for i, r in enumerate(bericht.records(), start=1)
        if r.code == "04"
    }


def test_the_answers_come_to_the_planted_truth(gebied: Gebied, retouren: list[Retour]) -> None:
    sent: dict[tuple, list[Bericht]] = defaultdict(list)
    for bericht in gebied.berichten():
        kop = bericht.records()[0].waarden
        factuur = kop["0102"], kop["0111"] + kop["0112"], kop["0108"], kop["0116"]
        if "_herhaling" not in bericht.pad.name:
            sent[factuur].append(bericht)
    faulty = {(f["bestand"], int(f["regel"])) for f in gebied.waarheid("fouten")}
    last: dict[str, tuple[Bericht, Retour]] = {}
    for retour in sorted(retouren, key=lambda r: r.kop.kolom("dagtekening_retour")):
        day = retour.kop.kolom("dagtekening_retour")
        known = [b for b in sent[retour.factuur] if b.records()[0].kolom("dagtekening") <= day]
        newest = max(known, key=lambda b: b.records()[0].kolom("dagtekening"))
        last[newest.pad.name] = newest, retour
    found: dict[tuple, list[int]] = defaultdict(lambda: [0] * 5)
    for bericht, retour in last.values():
        records, granted = bericht.records(), _granted(bericht, retour)
        for line, cent in granted.items():
            if (bericht.pad.name, line) in faulty:
                continue
            record, declared = records[line - 1], records[line - 1].cent()
            sector = _SECTOR[records[0].waarden["0102"]]
            key = sector, bericht.pad.name.split("_")[1], record.kolom("begindatum")[:4]
            figures = (1, declared, cent, cent == 0, cent not in (0, declared))
            found[key] = [a + int(b) for a, b in zip(found[key], figures, strict=True)]
    expected = {
        (r["sector"], r["declarant_id"], r["jaar"]): [
            int(r[k])
            for k in (
                "regels", "gedeclareerd_cent", "toegekend_cent", "regels_geweigerd",
                "regels_verlaagd",
            )
        ]
        for r in gebied.waarheid("toekenningen")
    }  # fmt: skip
    assert found == expected
    assert min(sum(v[i] for v in expected.values()) for i in range(5)) > 20


def test_every_kind_of_answer_is_given(retouren: list[Retour]) -> None:
    assert {r.kop.layout.standaard for r in retouren} == {"HA305", "MZ302", "PM305", "AW320"}
    kinds = Counter(
        "deels" if r.terug else "niets" if not int(r.slot.kolom("toegekend_cent")) else "alles"
        for r in retouren
        if r.slot
    )
    assert set(kinds) == {"alles", "deels", "niets"}
    codes = {r.kolom("retourcode_1") for m in retouren for r in m.terug if r.code == "04"}
    assert {"0611", "611", "0584", "584", "0435", "435"} <= codes
    days = {r.kop.kolom("dagtekening_retour")[4:] for r in retouren}
    assert days == {"0215", "0515", "0815"}


def test_amounts_of_a_retour_message_close(retouren: list[Retour]) -> None:
    """Granted in all is declared less what the returned records lost; records are counted."""
    for retour in retouren:
        assert retour.slot is not None
        lost = sum(_cent(r, "") - _cent(r, "toegekend_") for r in retour.terug if r.code == "04")
        declared = int(retour.slot.kolom("totaal_cent"))
        declared *= -1 if retour.slot.kolom("debet_credit") == "C" else 1
        if retour.terug:
            assert _cent(retour.slot, "toegekend_") == declared - lost
        assert int(retour.slot.kolom("aantal_detail")) == len(retour.terug)
