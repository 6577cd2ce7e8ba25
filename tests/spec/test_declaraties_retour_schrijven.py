"""Retour messages we write: whole, without a fault, and with every refused record once.

They are read back twice: by the reader of declarations, and by positions alone.
"""

from __future__ import annotations

import gzip
import stat
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ingest.declaraties.intake import read
from schemas.ei.retour import Retourvorm, retour_forms
from tests.ei_bericht import BSN_TWEE, EiBericht, ha304_voorbeeld, zh308_voorbeeld
from tests.outside import needs_outside
from tests.read_files import Gelezen, lees
from tests.retour_bericht import ap305_voorbeeld
from tests.retour_lezer import Retour
from tests.retour_willekeurig import BEANTWOORD, bederf, willekeurig

DAG = date(2024, 3, 1)


def ap304(**kop: str | int) -> EiBericht:
    """Three prestaties of two persons: 10.00, 5.00 and -2.50."""
    debet = {"debet_credit": "D"}
    return (
        EiBericht("AP304", "7.2", **kop)
        .verzekerde(nummer="VZ1")
        .prestatie("A1", bedrag_cent=1_000, **debet)
        .prestatie("A2", bedrag_cent=500, **debet)
        .verzekerde(BSN_TWEE)
        .prestatie("A3", bedrag_cent=250, debet_credit="C")
        .sluit()
    )


def beantwoord(folder: Path, *berichten: EiBericht | bytes, naam: str = "b.asc"):
    """Read messages and write their answers: what was read, and the answers by name."""
    ruw = b"".join(b if isinstance(b, bytes) else b.tekst().encode("latin-1") for b in berichten)
    return _beantwoord(folder, {naam: ruw})


def _beantwoord(folder: Path, files: dict[str, bytes | str]) -> tuple[Gelezen, dict[str, bytes]]:
    heen, out = folder / "heen", folder / "uit"
    out.mkdir()
    result = lees(read, heen, files)
    result.reading.teksten()
    names = result.reading.antwoord.write_retour(out, DAG)
    assert sorted(names) == sorted(f.name for f in out.iterdir())
    return result, {name: (out / name).read_bytes() for name in names}


def terug(folder: Path, ruw: bytes) -> Gelezen:
    """A retour message as the reader of declarations reads it: without any fault."""
    result = lees(read, folder, {"r.asc": ruw})
    assert result.redenen() == []
    assert result.rows("select * from waarschuwing") == []
    return result


def refused(result: Gelezen) -> list[str]:
    """The texts of refused detail records, in order."""
    rows = result.rows(
        "select tekst from record where record_nr in (select record_nr from afkeur)"
        " and left(tekst, 2) not in ('01', '99') order by record_nr"
    )
    return [text for (text,) in rows]


def test_what_is_refused_comes_back_under_its_person(tmp_path) -> None:
    bericht = ap304().zet(3, "0409", "20231301")
    _, files = beantwoord(tmp_path, bericht)
    [(name, ruw)] = files.items()
    assert name == "00001-AP305.asc"
    retour = Retour("AP305", "7.2", ruw)
    assert [regel[:2] for regel in retour.regels] == ["01", "02", "04", "99"]
    kop, person, prestatie, slot = retour.regels
    assert (kop[2:9], kop[9]) == ("1430702", "P")
    assert retour.waarde(kop, "0182") == "20240301"
    assert retour.waarde(kop, "0196") == "0200"
    assert person[:310] == bericht.regels[1]
    assert retour.waarde(person, "0296") == "    "
    assert prestatie[:310] == bericht.regels[3]
    assert retour.waarde(prestatie, "0496") == "8007"
    assert retour.cent(prestatie, "0484", "0485") == 0
    # AP305 7.2, elements 0481 and 0482: reserved, not filled, a space for the sign.
    assert (retour.waarde(prestatie, "0481"), retour.waarde(prestatie, "0482")) == ("0" * 8, " ")
    assert [retour.waarde(slot, f"99{nr:02d}") for nr in (2, 3, 4, 5, 6)] == [
        "000001", "000000", "000001", "000000", "0000002",
    ]  # fmt: skip
    assert retour.cent(slot, "9907", "9908") == 1_250
    assert retour.cent(slot, "9909", "9910") == 750


def test_what_hangs_under_a_refused_person_was_not_judged(tmp_path) -> None:
    _, files = beantwoord(tmp_path, ap304().zet(1, "0208", "7"))
    retour = Retour("AP305", "7.2", files["00001-AP305.asc"])
    assert [r[:2] for r in retour.regels] == ["01", "02", "04", "04", "99"]
    assert retour.waarde(retour.regels[1], "0296") == "0351"
    assert [retour.waarde(r, "0496") for r in retour.regels[2:4]] == ["8002", "8002"]
    assert retour.cent(retour.regels[-1], "9909", "9910") == -250


def test_a_message_without_refusals_is_granted_whole(tmp_path) -> None:
    _, files = beantwoord(tmp_path, ap304())
    retour = Retour("AP305", "7.2", files["00001-AP305.asc"])
    assert [r[:2] for r in retour.regels] == ["01", "99"]
    assert retour.waarde(retour.regels[0], "0196") == "8001"
    assert retour.cent(retour.regels[1], "9909", "9910") == 1_250


#: What is done to the message, and the codes of record 01.
WHOLE = {
    "length": (lambda b: b.regels.__setitem__(2, b.regels[2] + " "), "0804"),
    "order": (lambda b: b.regels.insert(1, b.regels.pop(2)), "8026"),
    "kenmerk": (lambda b: b.regels.__setitem__(2, "07" + b.regels[2][2:]), "0002"),
    "count": (lambda b: b.zet(6, "9904", "000009"), "0158"),
    "total": (lambda b: b.zet(6, "9907", "00000000001"), "0150"),
    "date of the header": (lambda b: b.zet(0, "0117", "20231301"), "0025"),
    "declarant": (lambda b: b.zet(0, "0112", "0" * 8), "0017"),
}


@pytest.mark.parametrize("geval", WHOLE)
def test_a_message_refused_as_a_whole_comes_back_as_01_and_99(tmp_path, geval) -> None:
    change, code = WHOLE[geval]
    bericht = ap304()
    change(bericht)
    result, files = beantwoord(tmp_path, bericht)
    assert result.reading.bijzonder["berichten_geweigerd"] == 1
    retour = Retour("AP305", "7.2", files["00001-AP305.asc"])
    assert [r[:2] for r in retour.regels] == ["01", "99"]
    assert retour.waarde(retour.regels[0], "0196") == code
    assert retour.cent(retour.regels[1], "9909", "9910") == 0
    terug(tmp_path / "terug", files["00001-AP305.asc"])


def test_everything_refused_is_told_in_the_header(tmp_path) -> None:
    _, files = beantwoord(tmp_path, ap304().zet(1, "0208", "7").zet(4, "0208", "7"))
    retour = Retour("AP305", "7.2", files["00001-AP305.asc"])
    assert retour.waarde(retour.regels[0], "0196") == "8073"


def test_general_practice_names_the_element_and_a_code_of_three_digits(tmp_path) -> None:
    _, files = beantwoord(tmp_path, ha304_voorbeeld().zet(2, "0419", "X").zet(1, "0208", "7"))
    retour = Retour("HA305", "4.2", files["00001-HA305.asc"])
    _, person, first, second, slot = retour.regels
    assert len(first) == 380
    assert [retour.waarde(person, e) for e in ("0290", "0291")] == ["0208", "351"]
    assert [retour.waarde(first, e) for e in ("0490", "0491", "0492")] == ["0419", "631", " "]
    assert retour.waarde(first, "0489") == "000"
    # 8002 (not judged) has no place in three digits.
    assert [retour.waarde(second, e) for e in ("0490", "0491")] == ["0000", "000"]
    assert retour.cent(slot, "9907", "9908") == 1_550
    assert retour.cent(slot, "9909", "9910") == 0


def test_who_gets_no_retour_message_is_told_why(tmp_path) -> None:
    gz321 = EiBericht("GZ321", "1.0").verzekerde().sluit()
    test_message = ap304().zet(0, "0105", "T")
    unknown = "01999" + ap304().tekst()[5:]
    files = {
        "1.asc": zh308_voorbeeld().tekst(), "2.asc": gz321.tekst(), "3.asc": test_message.tekst(),
        "4.asc": unknown, "5.asc": ap305_voorbeeld().tekst(), "6.asc": ap304().tekst(),
        "7.asc": ap304().tekst("\n"), "8.asc": "geen EI-bericht\n",
    }  # fmt: skip
    result, written = _beantwoord(tmp_path, files)
    assert list(written) == ["00006-AP305.asc"]
    answers = [m["retour"] for m in result.reading.antwoord.additions()["berichten"]]
    assert [a["ontbreekt"] for a in answers] == [
        "De indeling van ZH309 v9.0 is niet vastgelegd.",
        "De indeling van GZ322 is niet vastgelegd.",
        "Een testbericht wordt niet met een retourbericht beantwoord.",
        "De standaard of versie van het bericht is niet bekend.",
        "Een retourbericht wordt niet met een retourbericht beantwoord.",
        None,
        "Het bericht staat eerder in de levering en is daar beantwoord.",
        "De standaard of versie van het bericht is niet bekend.",
    ]
    assert answers[5]["bestand"] == "00006-AP305.asc"


@pytest.mark.parametrize("codering", ["latin-1", "cp1252", "utf-8"])
@pytest.mark.parametrize("pak", ["", "gz", "zip"])
def test_a_sender_gets_its_own_encoding_back(tmp_path, codering, pak) -> None:
    name = "Zoë Ægir ÿ".ljust(25) if codering == "latin-1" else "Zoë Œuvre".ljust(25)
    text = ap304().zet(1, "0210", name).zet(1, "0208", "7").tekst().encode(codering)
    files: dict[str, bytes | str] = {"b.asc": text}
    if pak == "gz":
        files = {"b.asc.gz": gzip.compress(text)}
    elif pak == "zip":
        with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
            archive.writestr("map/b.asc", text)
        files = {"b.zip": (tmp_path / "b.zip").read_bytes()}
    _, written = _beantwoord(tmp_path, files)
    retour = Retour("AP305", "7.2", written["00001-AP305.asc"], codering)
    assert retour.regels[1][63:88] == name
    assert {len(r) for r in retour.regels} == {370}


def test_a_retour_message_is_for_its_sender_alone(tmp_path) -> None:
    beantwoord(tmp_path, ap304())
    mode = (tmp_path / "uit" / "00001-AP305.asc").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_several_messages_in_a_file_have_an_answer_each(tmp_path) -> None:
    second = ap304(factuurnummer="F9").zet(2, "0409", "20231301")
    _, files = beantwoord(tmp_path, ap304(), ha304_voorbeeld(), second)
    assert list(files) == ["00001-AP305.asc", "00002-HA305.asc", "00003-AP305.asc"]
    assert [len(ruw.split(b"\r\n")) - 1 for ruw in files.values()] == [2, 2, 4]


def check_answer(
    bericht: EiBericht, result: Gelezen, vorm: Retourvorm, ruw: bytes, folder: Path
) -> None:
    """What must hold of every answer, whatever was refused."""
    read_back = terug(folder, ruw)
    retour = Retour(vorm.standaard, vorm.versie, ruw)
    kop, *details, _ = retour.regels
    assert {len(r) for r in retour.regels} == {vorm.layout.recordlengte}
    assert kop[2:9] == vorm.ei_code + vorm.versie.split(".")[0].zfill(2) + vorm.versie[-1].zfill(2)
    sent = refused(result)
    lengte = len(bericht.regels[0])
    returned = Counter(r[:lengte] for r in details)
    whole = result.reading.bijzonder["berichten_geweigerd"] == 1
    for text in sent:
        assert returned[text] == (0 if whole else 1)
    assert all(number == 1 for number in returned.values())
    # What else comes back is the 02 or 04 above a refused record.
    assert {r[:2] for r in details if r[:lengte] not in sent} <= {"02", "04"}
    if retour.leesbaar:
        _check_codes(retour, details, sent, lengte)
    _check_totals(result, read_back, bericht.regels[-1])


def _check_codes(retour: Retour, details: list[str], sent: list[str], lengte: int) -> None:
    for regel in details:
        first = f"{regel[:2]}96" if len(regel) != 380 else None
        if first and regel[:2] != "06":
            filled = retour.waarde(regel, first).strip() != ""
            assert filled is (regel[:lengte] in sent)


def _check_totals(result: Gelezen, read_back: Gelezen, sluit: str) -> None:
    [row] = read_back.proj("decl_retour")
    accepted = [r["bedrag_cent"] for t in ("decl_prestatie", "decl_tarief") for r in result.proj(t)]
    assert row["toegekend_cent"] == sum(a for a in accepted if a is not None)
    assert f"{abs(row['ingediend_cent']):011d}" in sluit


@pytest.mark.parametrize("sleutel", BEANTWOORD, ids="-".join)
@settings(max_examples=4, deadline=None, derandomize=True, phases=[Phase.generate])
@given(zaad=st.integers(0, 2**32), kans=st.sampled_from([0.0, 0.2, 0.5, 1.0]))
def test_whatever_is_refused_the_answer_is_whole(tmp_path_factory, sleutel, zaad, kans) -> None:
    folder, vorm = tmp_path_factory.mktemp("retour"), retour_forms()[sleutel]
    standaard = vorm.standaard[:2] + str(int(vorm.standaard[2:]) - 1)
    random = Random(zaad)  # noqa: S311
    bericht = bederf(willekeurig(standaard, sleutel[1], sleutel[0], random), random, kans)
    result, files = beantwoord(folder, bericht)
    [ruw] = files.values()
    check_answer(bericht, result, vorm, ruw, folder / "terug")


@needs_outside
def test_our_few_positions_are_those_from_outside() -> None:
    import csv

    from tests.outside import OUTSIDE

    own = Path(__file__).parents[1] / "retour_posities.csv"
    for row in csv.DictReader(own.open(encoding="utf-8")):
        name = f"{row['standaard']}_v{row['versie']}.csv"
        with (OUTSIDE / "vektis" / "layouts" / name).open(encoding="utf-8") as file:
            found = {r["element"]: (r["begin"], r["eind"]) for r in csv.DictReader(file)}
        assert found[row["element"]] == (row["begin"], row["eind"])
