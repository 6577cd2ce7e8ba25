"""``iza declaratie check``: a verdict without a load."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from ingest.cli import app
from ingest.declaraties.check import check_files
from tests.ei_bericht import zh308_voorbeeld


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
