"""``iza declaratie check``: a verdict without a load."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest.cli import app
from ingest.declaraties.check import check_files
from tests.ei_bericht import EiBericht, zh308_voorbeeld
from tests.ei_condities import BASES, broken


def test_a_good_test_message_is_accepted_with_its_total(tmp_path) -> None:
    (tmp_path / "a.asc").write_text(zh308_voorbeeld().zet(0, "0105", "T").tekst(), "latin-1")
    oordeel = check_files([tmp_path])
    assert oordeel.bevindingen == []
    (bericht,) = oordeel.berichten
    assert (bericht.standaard, bericht.detailrecords, bericht.totaal_cent) == (
        "ZH308 v9.0", 11, 9_200,
    )  # fmt: skip
    assert CliRunner().invoke(app, ["declaratie", "check", str(tmp_path)]).exit_code == 0


def test_findings_name_place_position_and_retourcode(tmp_path) -> None:
    bad = zh308_voorbeeld().zet(3, "0606", "016")
    (tmp_path / "a.asc").write_text(bad.tekst(), "latin-1")
    (tmp_path / "leeg.asc").write_bytes(b"")
    result = CliRunner().invoke(app, ["declaratie", "check", str(tmp_path), "--json"])
    found = json.loads(result.stdout)
    assert result.exit_code != 0
    assert found["goed"] is False
    assert [(f["bestand"], f["regel"], f["element"], f["positie"], f["retourcode"])
            for f in found["bevindingen"]] == [
        ("a.asc", 4, "0606", "43-45", "0581"),
        ("leeg.asc", 1, None, None, "0001"),
    ]  # fmt: skip


def test_it_says_which_code_lists_were_not_judged(tmp_path) -> None:
    (tmp_path / "a.asc").write_text(zh308_voorbeeld().tekst(), "latin-1")
    result = CliRunner().invoke(app, ["declaratie", "check", str(tmp_path), "--json"])
    found = json.loads(result.stdout)["niet_getoetst"]
    assert result.exit_code == 0
    assert {
        "standaard": "ZH308 v9.0",
        "codelijst": "COD651-VEKT",
        "naam": "Herdeclaratie",
        "elementen": ["0436"],
        "reden": "niet beschikbaar",
    } in found
    assert {n["standaard"] for n in found} == {"ZH308 v9.0"}
    assert not {"COD043-VEKT", "COD367-VEKT"} & {n["codelijst"] for n in found}
    assert "COD651-VEKT" in CliRunner().invoke(app, ["declaratie", "check", str(tmp_path)]).stdout


#: A change of a message that is accepted, and the elements of the warnings it brings or takes.
ADVICE = [
    ("ZH308 9.0", 3, "0448", " " * 10, {"0410,0448", "0449,0448"}),
    ("ZH308 9.0", 3, "0420", "20230101", {"0420"}),
    ("ZH308 9.0", 4, "0613", "0000", {"0612,0613"}),
    ("AW319 1.4", 2, "0217", "1234AB", {"0221,0217"}),
    ("AW319 1.4 wlz", 3, "0413", "000", {"0412,0413,0409"}),
    ("AP304 7.2", 3, "0410", "059", {"0410"}),
    ("AP304 7.2", 3, "0426,0413", "0,000000000", {"0426"}),
    ("MZ301 1.3", 3, "0412", "990", {"0412"}),
    ("MZ301 1.3", 3, "0420", "00000000", {"0420,0421"}),
    ("EP301 1.2", 3, "0411", "000", {"0412,0411"}),
    ("DG301 1.0", 3, "0412", "101001000041", {"0415,0412"}),
    ("DG301 2.0", 1, "0111,0112,0113", "01000001,00000000,03", {"0110,0111"}),
]


@pytest.mark.parametrize("number", range(len(ADVICE)), ids=lambda i: f"{ADVICE[i][0]}-{i}")
def test_what_should_be_filled_is_told_and_refuses_nothing(tmp_path, number) -> None:
    base, line, elements, values, expected = ADVICE[number]
    changed = broken((base, "", line, elements, values, set()))
    before, after = (_warned(tmp_path / n, b) for n, b in (("a", BASES[base]()), ("b", changed)))
    assert after ^ before == {(line, e) for e in expected}


def _warned(folder: Path, bericht: EiBericht) -> set[tuple[int, str]]:
    folder.mkdir()
    (folder / "a.asc").write_text(bericht.tekst(), "latin-1")
    oordeel = check_files([folder])
    assert oordeel.bevindingen == []
    return {(w.regel, ",".join(w.elementen)) for w in oordeel.waarschuwingen}


def test_a_zorgproduct_without_what_belongs_to_it_is_accepted_with_advice(tmp_path) -> None:
    (tmp_path / "a.asc").write_text(zh308_voorbeeld().tekst(), "latin-1")
    result = CliRunner().invoke(app, ["declaratie", "check", str(tmp_path), "--json"])
    found = json.loads(result.stdout)
    assert (result.exit_code, found["goed"]) == (0, True)
    told = {e for w in found["waarschuwingen"] if w["regel"] == 3 for e in w["elementen"]}
    assert {"0418", "0431", "0434", "0440", "0441"} <= told
    assert {w["reden_code"] for w in found["waarschuwingen"]} == {"EI-AANVULLEN"}
    shown = CliRunner().invoke(app, ["declaratie", "check", str(tmp_path)]).stdout
    assert "look at this" in shown
