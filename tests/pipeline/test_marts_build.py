"""The build as its users see it: what appears, what stays the same, what happens when it fails."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from marts_bouw import door_elkaar, gebouwd, leeg, opname  # noqa: F401 - fixtures
from marts_levering import by_period, deliver
from marts_regio import region

from ingest.errors import BuildError, UsageError
from ingest.ledger import Ledger
from ingest.settings import Settings
from marts.build import BuildResult, build
from marts.dbt_run import PROJECT, run_dbt
from marts.export import file_hash
from marts.figure import explain
from marts.lock import build_lock
from marts.use import use_of_delivery

# With test_build_killed, so that no worker waits while the other makes the same build.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("streek")]

MARTS = {
    "aansluiting_vektis", "correctie_declaraties", "dim_regio", "dim_regio_historie",
    "dim_zorgaanbieder", "dim_zorgaanbieder_historie", "dq_gewicht", "dq_resultaat", "dq_score",
    "dq_verklaring", "eenheid_van_taal", "indicator_akkoord", "inkoop_spiegel", "iza_monitor",
    "kerncijfer", "koppeling_declaraties", "kwaliteit_spiegel", "mogelijk_dubbele_declaraties",
    "onderzoek_spiegel", "open_spiegel", "praktijkvariatie", "ref_casemix", "ref_indicator",
    "ref_indicator_akkoord", "ref_norm", "regiobeeld", "spiegel_indicator", "substitutie",
    "tijdigheid_kerngegevens", "wachttijd_ggz", "wlz_rechtmatigheid", "wlz_wachtlijst",
}  # fmt: skip


def hashes(result: BuildResult) -> dict[str, str | None]:
    return {path.name: file_hash(path) for path in sorted(result.map.glob("*.parquet"))}


def home_of(result: BuildResult) -> Path:
    return result.map.parents[1]


def test_order_repetition_and_batches_change_nothing(
    gebouwd: BuildResult,  # noqa: F811
    door_elkaar: BuildResult,  # noqa: F811
) -> None:
    assert door_elkaar.leveringen > gebouwd.leveringen
    assert door_elkaar.bouw_id == gebouwd.bouw_id
    assert hashes(door_elkaar) == hashes(gebouwd)
    assert door_elkaar.geweigerd == gebouwd.geweigerd


def test_an_existing_build_is_compared_not_rewritten(door_elkaar: BuildResult) -> None:  # noqa: F811
    # Its home held the files of the plain build, so these were compared byte by byte.
    assert not door_elkaar.nieuw
    assert not (home_of(door_elkaar) / "bouw" / "run-afgebroken").exists()


def test_everything_that_leaves_the_build_is_there(gebouwd: BuildResult) -> None:  # noqa: F811
    assert set(gebouwd.modellen) == MARTS
    assert {path.stem for path in gebouwd.map.glob("*.parquet")} == MARTS
    for name in ("manifest.json", "run_results.json", "catalog.json"):
        assert json.loads((gebouwd.map / name).read_text(encoding="utf-8"))
    assert gebouwd.tests > 40
    assert gebouwd.stappen["unit_test"] >= 3


def test_staging_that_no_table_is_made_of_is_a_view(gebouwd: BuildResult) -> None:  # noqa: F811
    nodes = json.loads((gebouwd.map / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    models = {key: node for key, node in nodes.items() if node["resource_type"] == "model"}
    views = {k for k, node in models.items() if node["config"]["materialized"] == "view"}
    staging = {k for k, node in models.items() if node["name"].startswith("stg_")}
    read = {d for k, node in models.items() for d in node["depends_on"]["nodes"]
            if k not in staging & views}  # fmt: skip
    assert staging & views == staging - read


def test_pointer_and_serving_file_show_the_current_build(gebouwd: BuildResult) -> None:  # noqa: F811
    home = home_of(gebouwd)
    pointer = json.loads((home / "marts" / "actueel.json").read_text(encoding="utf-8"))
    assert pointer == {"bouw_id": gebouwd.bouw_id}
    with duckdb.connect(home / "serving.duckdb", read_only=True) as con:
        found = con.execute("select distinct bouw_id from spiegel_indicator").fetchall()
        assert found == [(gebouwd.bouw_id,)]
        kinds = con.execute("select distinct table_type from information_schema.tables").fetchall()
        assert kinds == [("VIEW",)]
        label = con.execute(
            "select comment from duckdb_columns() "
            "where table_name = 'spiegel_indicator' and column_name = 'waarde'"
        ).fetchone()
        assert label is not None
        assert label[0].startswith("Teller gedeeld door noemer")


def test_nothing_of_the_build_folder_stays(gebouwd: BuildResult) -> None:  # noqa: F811
    assert [path.name for path in (home_of(gebouwd) / "bouw").iterdir()] == ["slot"]


def test_no_provenance_and_no_person_in_a_mart(gebouwd: BuildResult) -> None:  # noqa: F811
    forbidden = {"levering_id", "bestand", "regel", "pseudo_id", "bsn"}
    for path in gebouwd.map.glob("*.parquet"):
        assert not forbidden & set(pq.read_schema(path).names), path.name


def test_the_uses_stay_thin_after_compilation(gebouwd: BuildResult) -> None:  # noqa: F811
    manifest = json.loads((gebouwd.map / "manifest.json").read_text(encoding="utf-8"))
    uses = [n for n in manifest["nodes"].values() if n["fqn"][1:2] == ["gebruik"]]
    models = [node for node in uses if node["resource_type"] == "model"]
    assert len(models) == 4
    for node in models:
        sql = re.sub(r"--.*", "", node["compiled_code"]).lower()
        assert not re.search(r"group by|\bjoin\b|\bsum\(|\bunion\b|staging", sql), node["name"]
        assert node["depends_on"]["nodes"] == ["model.iza_spiegel.spiegel_indicator"]


def test_one_definition_one_value(gebouwd: BuildResult) -> None:  # noqa: F811
    with duckdb.connect() as con:
        for use in ("inkoop", "kwaliteit", "onderzoek", "open"):
            shared, own = (
                f"'{gebouwd.map / name}.parquet'"
                for name in ("spiegel_indicator", f"{use}_spiegel")
            )
            columns = ", ".join(c[0] for c in con.execute(f"describe from {own}").fetchall())
            other = con.execute(
                f"select {columns} from {own} except select {columns} from {shared}"
            ).fetchall()
            assert other == []
            assert con.execute(f"select count(*) > 0 from {own}").fetchall() == [(True,)]
            assert con.execute(
                f"select count(*) from {own} where niveau = 'verzekeraar'"
            ).fetchall() == [(0,)]
            accepted = con.execute(f"select distinct akkoord from {own}").fetchall()
            assert accepted == [("geaccepteerd",)]


def test_refused_rows_are_kept_with_their_reason(gebouwd: BuildResult) -> None:  # noqa: F811
    path = home_of(gebouwd) / "rapport" / "bouw" / f"{gebouwd.bouw_id}.parquet"
    rows = pq.read_table(path).to_pylist()
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["reden_code"]] = counts.get(row["reden_code"], 0) + 1
        assert row["levering_id"]
        assert row["regel"] > 0
    assert counts == gebouwd.geweigerd
    assert set(counts) == {
        "FHIR-PATIENT-ONBEKEND", "ZORGAANBIEDER-ONBEKEND", "DATUM-VOLGORDE", "PERSOON-ONBEKEND",
        "EI-CREDIT-ZONDER-DEBET", "EI-CREDIT-DUBBEL", "EI-BEDRAG-ONTBREEKT", "EI-BOVENLIGGEND",
        "EI-BERICHT-VERVANGEN",
    }  # fmt: skip


def test_the_record_of_a_build_names_its_deliveries(door_elkaar: BuildResult) -> None:  # noqa: F811
    path = home_of(door_elkaar) / "rapport" / "bouw" / f"{door_elkaar.bouw_id}.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    ids = {levering["levering_id"] for levering in record["leveringen"]}
    assert len(ids) == door_elkaar.leveringen
    assert record["geweigerd"] == door_elkaar.geweigerd
    assert sum(record["leveringen"][0]["rijen"].values()) > 0


def test_empty_raw_gives_empty_marts(leeg: BuildResult) -> None:  # noqa: F811
    # code lists and published figures, no deliveries
    filled = {
        "dim_regio", "dim_regio_historie", "dq_gewicht", "indicator_akkoord", "kerncijfer",
        "ref_casemix", "ref_indicator", "ref_indicator_akkoord", "ref_norm",
    }  # fmt: skip
    assert {name: n for name, n in leeg.modellen.items() if name not in filled} == dict.fromkeys(
        MARTS - filled, 0
    )
    assert pq.read_table(leeg.map / "spiegel_indicator.parquet").num_rows == 0


def small_project(root: Path, *models: str) -> Path:
    """A copy of the project with all settings and seeds, but with these models alone."""
    target = root / "code" / "dbt_project"
    shutil.copytree(PROJECT, target, ignore=shutil.ignore_patterns("models", "tests"))
    shutil.copytree(PROJECT.parent / "schemas" / "codes", root / "code" / "schemas" / "codes")
    for model in ("groups.yml", "staging/_bronnen.yml", *models):
        (target / "models" / model).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PROJECT / "models" / model, target / "models" / model)
    return target


def test_a_gebruik_model_cannot_refer_to_staging(tmp_path: Path) -> None:
    project = small_project(tmp_path, "staging/fhir/stg_fhir_patient.sql")
    model = project / "models" / "gebruik" / "inkoop" / "stiekem.sql"
    model.parent.mkdir(parents=True)
    model.write_text("select resource_sleutel from {{ ref('stg_fhir_patient') }}\n")
    home = tmp_path / "home"
    home.mkdir()
    with pytest.raises(BuildError, match=r"private to the 'kern' group") as caught:
        build(Settings(home=home), project=project)
    assert "Traceback" not in str(caught.value)
    assert not (home / "marts").exists()


def test_a_failing_test_stops_the_build_and_keeps_the_marts(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    norm = project / "seeds" / "ref_norm.csv"
    text = norm.read_text(encoding="utf-8")
    norm.write_text(text + "iza-i14,hartfalen_acute_opname,0.2,=,2025,norm,,,,\n")
    home = tmp_path / "home"
    pointer = home / "marts" / "actueel.json"
    pointer.parent.mkdir(parents=True)
    pointer.write_text('{"bouw_id": "vorige"}')
    with pytest.raises(BuildError) as caught:
        build(Settings(home=home, threads=2), project=project)
    message = str(caught.value)
    assert "test uniek_over_ref_norm_norm_id" in message
    assert "test accepted_values_ref_norm_operator" in message
    assert "Traceback" not in message
    assert pointer.read_text() == '{"bouw_id": "vorige"}'
    assert [path.name for path in (home / "bouw").iterdir()] == ["slot"]


def test_two_builds_at_once_are_told_apart(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with (
        build_lock(settings.room("bouw")),
        pytest.raises(BuildError, match="Another build is running"),
    ):
        build(settings)


def test_an_unfinished_delivery_is_not_read(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    deliver(settings, by_period(region())[:1])
    for path in tmp_path.glob("raw/reg_zorgaanbieder/*/*/*/*.parquet"):
        path.unlink()
    with pytest.raises(BuildError, match="no Parquet file"):
        build(settings)
    ledger = Ledger(settings.ledger_address)
    ledger.claim(
        levering_id="l" + "0" * 32, bron_id="x", soort="fhir", periode="2025", sleutel_id="ander"
    )
    ledger.commit("l" + "0" * 32, {"status": "geaccepteerd"}, {"fhir_patient": 1})
    with pytest.raises(BuildError, match="different pseudonym keys"):
        build(settings)


def test_a_figure_explains_itself(gebouwd: BuildResult) -> None:  # noqa: F811
    settings = Settings(home=home_of(gebouwd))
    (figure,) = explain(settings, "hartfalen_acute_opname", "landelijk", None, "2025")
    assert figure["norm_bron"].startswith("Integraal Zorgakkoord")
    assert figure["bouw_id"] == gebouwd.bouw_id
    assert len(figure["gegevenskwaliteit"]) > 0
    for told in figure["gegevenskwaliteit"]:
        assert re.fullmatch(r"[A-Z-]+ kost \d+,\d%: .+\.", told)
    with pytest.raises(UsageError, match="There are: behandelaanwijzing_"):
        explain(settings, "bestaat_niet")


def test_dbt_can_be_asked_anything(leeg: BuildResult, capfd: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    code = run_dbt(Settings(home=home_of(leeg)), ["ls", "--resource-type", "exposure", "--quiet"])
    assert code == 0
    assert "exposure:iza_spiegel.extract_regio" in capfd.readouterr().out


def test_a_build_says_which_records_no_longer_hold(door_elkaar: BuildResult) -> None:  # noqa: F811
    """Records delivered, less those that no longer hold, are as many as there are resources."""
    home = door_elkaar.map.parents[1]
    settings = Settings(home=home)
    rows = json.loads((home / "rapport" / "bouw" / f"{door_elkaar.bouw_id}.json").read_text())
    names = {row["levering_id"] for row in rows["leveringen"]}
    delivered, resources = duckdb.execute(
        "select count(distinct (levering_id, bestand, regel)), "
        "count(distinct (bron_id, resource_sleutel)) from read_parquet(?)",
        [f"{home}/raw/fhir_contact/**/*.parquet"],
    ).fetchone()
    gone = 0
    for name in names:
        use = use_of_delivery(settings, name)
        assert use is not None
        assert use.gelezen
        if "fhir_contact" in use.vervangen:
            gone += use.vervangen["fhir_contact"].aantal
            assert set(use.vervangen["fhir_contact"].door) <= names - {name}
    assert gone > 0
    assert delivered - gone == resources


def _not_in_the_identity(result: BuildResult, listed: set[str]) -> set[str]:
    """Staging models from which a way leads to a mart that passes none of the tables listed."""
    manifest = json.loads((result.map / "manifest.json").read_text(encoding="utf-8"))
    models = {
        node["name"]: node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
    }
    ahead = [n for n, node in models.items() if (node["config"].get("meta") or {}).get("mart")]
    seen, missed = set(listed) | {"bouw", "bouw_inhoud"}, set()
    while ahead:
        name = ahead.pop()
        if name in seen:
            continue
        seen.add(name)
        missed |= {name} if name.startswith("stg_") else set()
        parents = (n.split(".")[-1] for n in models[name]["depends_on"]["nodes"])
        ahead += [parent for parent in parents if parent in models]
    return missed


def test_the_identity_covers_every_way_from_a_source_to_a_mart(gebouwd: BuildResult) -> None:  # noqa: F811
    """Other content under one ``bouw_id`` would make what was published untraceable."""
    file = PROJECT / "models" / "spiegel" / "bouw_inhoud.sql"
    listed = set(re.findall(r"'(\w+)'", file.read_text(encoding="utf-8").split("] %}")[0]))
    assert _not_in_the_identity(gebouwd, listed) == set()
    assert "stg_reg_bevolking" in _not_in_the_identity(gebouwd, listed - {"int_regio_bevolking"})
