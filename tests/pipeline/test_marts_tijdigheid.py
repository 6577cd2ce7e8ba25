"""The 24-hour clock through a whole build: planted delays, versions, clocks that change, totals."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from marts_bouw import gebouwd, opname  # noqa: F401 - fixtures
from marts_orakel import observe
from marts_regio import region
from typer.testing import CliRunner

from ingest.cli import app
from ingest.settings import Settings
from marts.build import BuildResult
from marts.dbt_run import PROJECT
from tests.compiled_dbt import compiled_dbt

pytestmark = pytest.mark.slow

NL_CORE = "http://nictiz.nl/fhir/StructureDefinition/nl-core-"
AGB = "06000001"


def mart(folder: Path, name: str) -> str:
    return f"read_parquet('{folder}/{name}.parquet')"


def test_the_indicator_and_the_mart_say_the_same(gebouwd: BuildResult) -> None:  # noqa: F811
    counted = f"""
        select periode_type, periode, sum(n_binnen_24_uur), sum(n_beoordeeld)
        from {mart(gebouwd.map, "tijdigheid_kerngegevens")}
        where bron_id = 'TOTAAL' and zorgaanbieder_id = 'TOTAAL' and n_beoordeeld > 0
          and tabel in (
              select tabel from read_csv('{PROJECT.parent}/schemas/codes/kerngegeven_onderdeel.csv')
              where in_indicator = 'ja'
          )
        group by all order by all
    """
    figures = f"""
        select periode_type, periode, teller, noemer
        from {mart(gebouwd.map, "spiegel_indicator")}
        where indicator_id = 'kerngegevens_binnen_24_uur' and niveau = 'landelijk'
          and uitsplitsing = 'TOTAAL'
        order by all
    """
    rows = duckdb.sql(counted).fetchall()
    assert rows == duckdb.sql(figures).fetchall()
    assert len(rows) >= 10


def test_counts_are_those_of_a_walk_over_the_records(gebouwd: BuildResult) -> None:  # noqa: F811
    expected: Counter[str] = Counter()
    in_time: Counter[str] = Counter()
    for waarneming in observe(region()).waarnemingen:
        if waarneming.indicator == "kerngegevens_binnen_24_uur":
            expected[str(waarneming.dag.year)] += 1
            in_time[str(waarneming.dag.year)] += int(waarneming.teller)
    rows = duckdb.sql(
        f"""
        select periode, sum(n_beoordeeld), sum(n_binnen_24_uur)
        from {mart(gebouwd.map, "tijdigheid_kerngegevens")}
        where bron_id = 'TOTAAL' and zorgaanbieder_id = 'TOTAAL' and periode_type = 'jaar'
          and tabel in ('fhir_diagnose', 'fhir_meting', 'fhir_medicatie') and n_beoordeeld > 0
        group by periode
        """
    ).fetchall()
    assert {p: (n, m) for p, n, m in rows} == {p: (expected[p], in_time[p]) for p in expected}


def resource(kind: str, identity: str, updated: str, profile: str, **more: Any) -> dict[str, Any]:
    meta = {"versionId": more.pop("versie", "1"), "lastUpdated": updated}
    return {
        "resourceType": kind,
        "id": identity,
        "meta": meta | {"profile": [NL_CORE + profile]},
        **more,
    }


def lab(identity: str, issued: str | None, updated: str, **more: Any) -> dict[str, Any]:
    code = {"coding": [{"system": "http://loinc.org", "code": "59261-8"}]}
    category = "http://terminology.hl7.org/CodeSystem/observation-category"
    content = {
        "status": "final",
        "category": [{"coding": [{"system": category, "code": "laboratory"}]}],
        "code": code,
        "subject": {"reference": "Patient/p"},
        "performer": [{"reference": "PractitionerRole/r"}],
    } | ({"issued": issued} if issued else {})
    return resource("Observation", identity, updated, "LaboratoryTestResult", **content | more)


def quantity(value: float, unit: str, code: str | None = None) -> dict[str, Any]:
    coded = {"system": "http://unitsofmeasure.org", "code": code} if code else {}
    return {"valueQuantity": {"value": value, "unit": unit} | coded}


EERDER = "2025-03-01T12:00:00Z"
RESOURCES = [
    resource("Patient", "p", EERDER, "Patient", gender="female"),
    resource(
        "Organization", "org", EERDER, "HealthcareProvider-Organization",
        identifier=[{"system": "http://fhir.nl/fhir/NamingSystem/agb-z", "value": AGB}],
    ),
    resource(
        "PractitionerRole", "r", EERDER, "HealthProfessional-PractitionerRole",
        organization={"reference": "Organization/org"},
    ),
    # Clocks go forward on 30 March: 25 hours on the wall are 24.
    lab("voor-precies", "2025-03-29T12:00:00+01:00", "2025-03-30T13:00:00+02:00",
        **quantity(5, "mmol/l", "mmol/l")),
    lab("voor-te-laat", "2025-03-29T12:00:00+01:00", "2025-03-30T13:00:01+02:00",
        **quantity(5, "mmol/L", "mmol/L")),
    # Clocks go back on 26 October: 24 hours on the wall are 25.
    lab("na-precies", "2025-10-25T12:00:00+02:00", "2025-10-26T11:00:00+01:00",
        **quantity(120, "mmHg")),
    lab("na-te-laat", "2025-10-25T12:00:00+02:00", "2025-10-26T12:00:00+01:00",
        **quantity(1, "potten")),
    # A later version does not make it late: the first time counts.
    lab("versies", "2025-05-01T08:00:00Z", "2025-05-01T09:00:00Z"),
    lab("versies", "2025-05-01T08:00:00Z", "2025-06-01T09:00:00Z", versie="2", status="amended"),
    # Not counted: preliminary, cancelled, in error. Counted but not judged: no moment.
    lab("voorlopig", EERDER, EERDER, status="preliminary"),
    lab("afgebroken", EERDER, EERDER, status="cancelled"),
    lab("fout", EERDER, EERDER, status="entered-in-error"),
    lab("zonder", None, "2025-05-02T09:00:00Z"),
    # Its moment is in its provenance, 30 hours before.
    lab("herkomst", None, "2025-05-02T09:00:00Z"),
    resource(
        "Provenance", "h", "2025-05-02T09:00:00Z", "Patient",
        target=[{"reference": "Observation/herkomst"}], recorded="2025-05-01T03:00:00Z",
        agent=[{"who": {"reference": "Organization/org"}}],
    ),
    resource(
        "CarePlan", "z", "2025-05-02T09:00:00Z", "NursingIntervention", status="active",
        intent="plan", subject={"reference": "Patient/p"}, created="2025-05-02T08:00:00Z",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(opname: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    """Marts of a delivery that went in by the command line."""
    home = tmp_path_factory.mktemp("klok")
    lines = "\n".join(json.dumps(one) for one in RESOURCES)
    (home / "kern.ndjson").write_text(lines, encoding="utf-8")
    (home / "adresboek.csv").write_text(
        "zorgaanbieder_id;naam;soort;gemeente_code;geldig_van;geldig_tot\n"
        f"{AGB};Aanbieder;umc;GM0014;2020-01-01;\n",
        encoding="utf-8",
    )
    environment = {"IZA_HOME": str(home / "home"), "IZA_THREADS": "1"}
    runner = CliRunner(env=environment)
    for arguments in (
        ["key", "new"],
        ["ingest", str(home / "kern.ndjson"), "--bron", "fhir-ziekenhuizen", "--periode", "2025"],
        ["ingest", str(home / "adresboek.csv"), "--bron", "register-zorgaanbieders",
         "--soort", "register", "--periode", "2025"],
        ["build"],
    ):  # fmt: skip
        with compiled_dbt(opname):
            result = runner.invoke(app, arguments)
        assert result.exit_code == 0, (arguments, result.output)
    return next((Settings(home=home / "home").home / "marts").glob("b*"))


def timeliness(folder: Path, where: str) -> list[tuple[Any, ...]]:
    return duckdb.sql(
        "select n_records, n_met_registratiemoment, n_moment_uit_herkomst, n_beoordeeld, "
        "n_binnen_24_uur, aandeel_binnen_24_uur, mediaan_uren, p90_uren "
        f"from {mart(folder, 'tijdigheid_kerngegevens')} where {where}"
    ).fetchall()


def test_planted_delays_by_the_command_line(folder: Path) -> None:
    where = (
        "bron_id = 'fhir-ziekenhuizen' and onderdeel = 'labuitslagen' and tabel = 'TOTAAL' "
        "and periode = '2025' and zorgaanbieder_id = "
    )
    expected = (7, 6, 1, 6, 3, Decimal("0.5"), Decimal("24.00"), Decimal("27.50"))
    assert timeliness(folder, f"{where}'{AGB}'") == [expected]
    assert timeliness(folder, f"{where}'TOTAAL'") == [expected]


def test_a_care_plan_has_the_same_clock(folder: Path) -> None:
    (row,) = timeliness(
        folder,
        "bron_id = 'TOTAAL' and onderdeel = 'zorgplannen' and tabel = 'TOTAAL' "
        "and periode = '2025Q2'",
    )
    assert row[:5] == (1, 1, 0, 1, 1)
