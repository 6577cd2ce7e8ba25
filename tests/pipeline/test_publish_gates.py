"""No purpose, no data; no identifier, no level and no column that may not leave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from publish_fixture import BOUW, default_exposures, exposure, spiegel_rows, write_build

from ingest.errors import PublicationError
from ingest.settings import Settings
from publish.purpose import read_bronnen
from publish.release import publish


def refused(home: Path) -> str:
    with pytest.raises(PublicationError) as caught:
        publish(Settings(home=home, threads=1))
    assert not list((home / "publicatie").iterdir())
    return str(caught.value)


@pytest.mark.parametrize(
    "key",
    [
        "doelen",
        "grondslag",
        "ontvangers",
        "bewaartermijn",
        "niveaus",
        "vertrouwelijkheid",
        "titel",
        "omschrijving",
    ],
)
@pytest.mark.parametrize("value", [None, "empty"])
def test_what_is_missing_is_named_with_the_exposure(
    tmp_path: Path, key: str, value: str | None
) -> None:
    whole = exposure("kwaliteit", "kwaliteit_spiegel")["config"]["meta"][key]
    meta = {key: value and type(whole)()}
    write_build(tmp_path, exposures=[exposure("kwaliteit", "kwaliteit_spiegel", **meta)])
    message = refused(tmp_path)
    assert "extract_kwaliteit" in message
    assert f"'{key}'" in message


def test_a_purpose_no_source_knows_stops(tmp_path: Path) -> None:
    asked = exposure("kwaliteit", "kwaliteit_spiegel", doelen=["spiegelinformatie", "reclame"])
    write_build(tmp_path, exposures=[asked])
    message = refused(tmp_path)
    assert "extract_kwaliteit" in message
    assert "'reclame'" in message


def test_a_purpose_one_source_of_the_family_forbids_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = exposure("kwaliteit", "kwaliteit_spiegel", doelen=["spiegelinformatie", "onderzoek"])
    write_build(tmp_path, exposures=[asked])
    limited = tmp_path / "bronnen.csv"
    limited.write_text(
        "bron_id,soort,doelen\n"
        "ziekenhuis,fhir,spiegelinformatie;onderzoek\n"
        "msz,declaratie,spiegelinformatie;onderzoek\n"
        "huisarts,declaratie,spiegelinformatie\n",
        encoding="utf-8",
    )
    monkeypatch.setattr("publish.release.read_bronnen", lambda: read_bronnen(limited))
    message = refused(tmp_path)
    assert "'onderzoek'" in message
    assert "huisarts (decl_prestatie)" in message


def test_what_is_made_of_judgements_is_bound_by_every_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = exposure("kwaliteit", "kwaliteit_spiegel", doelen=["spiegelinformatie", "onderzoek"])
    folder = write_build(tmp_path, exposures=[asked])
    change_manifest(
        folder, lambda m: m["sources"]["source.iza.raw.decl_prestatie"].update(name="dq_oordeel")
    )
    limited = tmp_path / "bronnen.csv"
    limited.write_text(
        "bron_id,soort,doelen\n"
        "ziekenhuis,fhir,spiegelinformatie;onderzoek\n"
        "wachttijden,register,spiegelinformatie\n",
        encoding="utf-8",
    )
    monkeypatch.setattr("publish.release.read_bronnen", lambda: read_bronnen(limited))
    message = refused(tmp_path)
    assert "'onderzoek'" in message
    assert "wachttijden (dq_oordeel)" in message


def test_a_purpose_a_model_above_does_not_name_stops(tmp_path: Path) -> None:
    folder = write_build(tmp_path)
    change_manifest(
        folder,
        lambda m: m["nodes"]["model.iza.stg_fhir_contact"]["config"]["meta"].update(doelen=["x"]),
    )
    assert "stg_fhir_contact" in refused(tmp_path)


def test_a_source_of_an_unknown_family_stops(tmp_path: Path) -> None:
    folder = write_build(tmp_path)
    change_manifest(
        folder, lambda m: m["sources"]["source.iza.raw.fhir_contact"].update(name="api_dump")
    )
    assert "api_dump" in refused(tmp_path)


def change_manifest(folder: Path, change: Any) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(
    ("column", "value", "sign"),
    [
        ("bsn", "x", "name of a direct identifier"),
        ("naam_patient", "x", "name of a direct identifier"),
        ("pseudo_id", "x", "name of a direct identifier"),
        ("postcode", "x", "name of a direct identifier"),
        ("PC4", "1234", "name of a direct identifier"),
        ("opmerking", "p" + "0a" * 16, "pseudonym"),
        ("opmerking", "1234 AB", "postcode with letters"),
        ("opmerking", "a@b.nl", "e-mail"),
    ],
)
def test_a_direct_identifier_stops(tmp_path: Path, column: str, value: str, sign: str) -> None:
    rows = [row | {column: value} for row in spiegel_rows([2025])]
    write_build(tmp_path, rows)
    message = refused(tmp_path)
    assert sign in message
    assert column in message


@pytest.mark.parametrize("kind", ["text", "number", "sentence"])
def test_values_that_pass_the_11_proef_stop(tmp_path: Path, kind: str) -> None:
    bsns = ["111222333", "123456782", "999990019"]
    shape = {"text": str, "number": int, "sentence": lambda bsn: f"zie {bsn}."}[kind]
    rows = [row | {"kenmerk": shape(bsns[n % 3])} for n, row in enumerate(spiegel_rows([2025]))]
    write_build(tmp_path, rows)
    assert "look like a BSN" in refused(tmp_path)


def test_nine_digit_codes_that_pass_as_often_as_chance_are_no_bsn(tmp_path: Path) -> None:
    rows = spiegel_rows([2025])
    for number, row in enumerate(rows):
        row["uitsplitsing_waarde"] = row["uitsplitsing_waarde"].replace(
            "vrouw", str(990_000_000 + 7919 * (number % 50))
        )
    folder = write_build(tmp_path, rows, default_exposures()[:1])
    change_manifest(folder, lambda m: None)
    assert publish(Settings(home=tmp_path, threads=1))


@pytest.mark.parametrize("column", ["n_personen", "teller", "noemer", "n_zorgaanbieders", "niveau"])
def test_a_model_without_what_disclosure_control_needs_stops(tmp_path: Path, column: str) -> None:
    rows = [{k: v for k, v in row.items() if k != column} for row in spiegel_rows([2025])]
    write_build(tmp_path, rows)
    assert f"no column {column}" in refused(tmp_path)


def test_a_restricted_level_in_an_open_extract_stops(tmp_path: Path) -> None:
    asked = exposure(
        "open", "open_spiegel", vertrouwelijkheid="openbaar", niveaus=["landelijk", "verzekeraar"]
    )
    write_build(tmp_path, exposures=[asked])
    assert "verzekeraar" in refused(tmp_path)


def test_a_double_key_stops(tmp_path: Path) -> None:
    rows = spiegel_rows([2025])
    write_build(tmp_path, [*rows, rows[0]])
    assert "1 a double one" in refused(tmp_path)


def test_one_figure_with_two_values_stops(tmp_path: Path) -> None:
    folder = write_build(tmp_path, spiegel_rows([2025]))
    other = write_build(
        tmp_path / "anders",
        [row | {"noemer": row["noemer"] + 1} for row in spiegel_rows([2025])],
    )
    (folder / "open_spiegel.parquet").write_bytes((other / "open_spiegel.parquet").read_bytes())
    assert "different values" in refused(tmp_path)


def test_a_column_nobody_described_stops(tmp_path: Path) -> None:
    write_build(tmp_path, [row | {"raadsel": 1} for row in spiegel_rows([2025])])
    assert "column raadsel" in refused(tmp_path)


def test_two_exposures_cannot_make_one_extract(tmp_path: Path) -> None:
    twice = [exposure("kwaliteit", m) for m in ("kwaliteit_spiegel", "open_spiegel")]
    twice[1]["name"] = "extract_nogmaals"
    write_build(tmp_path, exposures=twice)
    assert "both make extract kwaliteit" in refused(tmp_path)


def test_a_level_without_rows_stops(tmp_path: Path) -> None:
    asked = exposure("kwaliteit", "kwaliteit_spiegel", niveaus=["gemeente"])
    write_build(tmp_path, [r for r in spiegel_rows([2025]) if r["niveau"] != "landelijk"], [asked])
    assert "no rows at gemeente" in refused(tmp_path)


def test_a_build_without_definitions_is_not_published(tmp_path: Path) -> None:
    (write_build(tmp_path) / "ref_indicator.parquet").unlink()
    assert "ref_indicator.parquet" in refused(tmp_path)


def change_acceptance(home: Path, **changes: Any) -> None:
    """Say something else of the acceptance of ``kosten_per_patient``."""
    path = home / "marts" / BOUW / "indicator_akkoord.parquet"
    rows = [
        row | changes if row["indicator_id"] == "kosten_per_patient" else row
        for row in pq.read_table(path).to_pylist()
    ]
    pq.write_table(pa.Table.from_pylist(rows), path)


def test_a_definition_that_is_not_accepted_stops(tmp_path: Path) -> None:
    write_build(tmp_path)
    change_acceptance(tmp_path, akkoord="voorstel", ontbrekend="patienten;zorgverzekeraars")
    message = refused(tmp_path)
    assert "kosten_per_patient is not accepted by patienten, zorgverzekeraars" in message


def test_a_definition_outside_the_register_stops(tmp_path: Path) -> None:
    write_build(tmp_path)
    change_acceptance(tmp_path, indicator_id="een_ander")
    assert "kosten_per_patient is not in the register" in refused(tmp_path)
