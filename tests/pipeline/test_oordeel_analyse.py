"""A delivery beside earlier ones of its source: what stands out, and what must not."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from ingest.cli import app
from ingest.intake import ingest_path
from ingest.oordeel.periods import read_period, references
from ingest.oordeel.profile import profile_file, read_profile
from ingest.oordeel.thresholds import acceptance
from ingest.report import IntakeReport
from ingest.settings import Settings
from ingest.terugkoppeling.again import answer_again
from tests.ei_bericht import BSN

BRON = "register-ggz-wachttijden"
HEADER = "wachtregistratie_id;bsn;zorgaanbieder_id;echelon;fase;diagnosegroep;begin;eind\n"
GROEPEN = ("depressie", "angst", "adhd", "autisme", "persoonlijkheid")


def rows(jaar: int, number: int = 1_200, seed: int = 0) -> list[list[str]]:
    """Registrations spread over the months and groups of a year, the same way every year."""
    rng = np.random.default_rng([jaar, seed])
    months = rng.integers(1, 13, number)
    groups = rng.choice(5, number, p=[0.4, 0.3, 0.2, 0.07, 0.03])
    return [
        [f"w{jaar}-{seed}-{n}", BSN, "54000001", ("basis", "specialistisch")[n % 3 == 0],
         "aanmelding", GROEPEN[g], f"{jaar}-{m:02d}-01", f"{jaar}-{m:02d}-20"]
        for n, (m, g) in enumerate(zip(months, groups, strict=True))
    ]  # fmt: skip


def deliver(folder: Path, name: str, content: list[list[str]]) -> Path:
    path = folder / name
    path.mkdir()
    text = HEADER + "".join(";".join(row) + "\n" for row in content)
    (path / "wachttijden.csv").write_text(text, encoding="utf-8")
    return path


def load(path: Path, periode: str, settings: Settings, bron: str = BRON) -> IntakeReport:
    return ingest_path(path, bron, settings, periode=periode)


def told(report: IntakeReport) -> set[tuple[str, str | None]]:
    return {(each.code, each.element) for each in report.analyse.afwijkingen}


def without_month(content: list[list[str]]) -> list[list[str]]:
    return [row for row in content if "-07-" not in row[6]]


def without_groups(content: list[list[str]]) -> list[list[str]]:
    return [[*row[:5], "", *row[6:]] for row in content]


def without_a_code(content: list[list[str]]) -> list[list[str]]:
    return [row for row in content if row[5] != "autisme"]


def fewer(content: list[list[str]]) -> list[list[str]]:
    return content[: int(len(content) * 0.7)]


PLANTED = {
    "nothing": (lambda content: content, set()),
    "a-month": (without_month, {("ANALYSE-VERDELING", "maand van begin=07")}),
    "a-column": (without_groups, {("ANALYSE-VULLING", "diagnosegroep")}),
    "a-code": (without_a_code, {("ANALYSE-VERDELING", "diagnosegroep=autisme")}),
    "30-percent": (fewer, {("ANALYSE-AANTAL", None)}),
}


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_missing_beside_last_year_is_told(
    name: str, tmp_path: Path, settings: Settings
) -> None:
    change, expected = PLANTED[name]
    first = load(deliver(tmp_path, "a", rows(2024)), "2024", settings)
    assert first.analyse.vergeleken_met == []
    path = deliver(tmp_path, "b", change(rows(2025)))
    report = load(path, "2025", settings)
    assert report.status == "geaccepteerd"
    assert report.analyse.vergeleken_met == ["2024"]
    assert report.analyse.toetsen > 20
    assert told(report) == expected
    assert IntakeReport.from_dict(report.as_dict(), herhaling=False).analyse == report.analyse


def test_the_last_period_and_the_same_a_year_ago() -> None:
    known = [read_period(n) for n in ("2023Q4", "2024Q1", "2024Q4", "2024", "2025Q2", "2024-12")]

    def against(naam: str, first: bool = False) -> list[tuple[str, bool]]:
        found = references(read_period(naam), known, zonder_eerste=first)
        return [(v.periode.naam, v.is_season) for v in found]

    assert against("2025Q1") == [("2024Q4", True), ("2024Q1", False)]
    assert against("2024Q4") == [("2024Q1", True), ("2023Q4", False)]
    assert against("2024Q4", first=True) == [("2024Q1", True)]
    assert against("2025") == [("2024", False)]
    assert against("2025-01") == [("2024-12", True)]
    assert against("2025-12") == [("2024-12", False)]
    assert against("2023Q4") == []
    assert read_period("onbekend") is None


def test_other_sources_and_refused_deliveries_are_no_measure(
    tmp_path: Path, settings: Settings
) -> None:
    load(deliver(tmp_path, "a", rows(2024)), "2024", settings, "een-andere-bron")
    wrong = [[*row[:1], "111222334", *row[2:]] for row in rows(2024)]
    assert load(deliver(tmp_path, "b", wrong), "2024", settings).status == "geweigerd"
    assert load(deliver(tmp_path, "c", rows(2025)), "2025", settings).analyse.vergeleken_met == []


def test_a_period_in_parts_is_not_called_incomplete(tmp_path: Path, settings: Settings) -> None:
    whole = rows(2024)
    for name, part in (("a", whole[:600]), ("b", whole[600:])):
        load(deliver(tmp_path, name, part), "2024", settings)
    new = rows(2025)
    first = load(deliver(tmp_path, "c", new[:600]), "2025", settings)
    second = load(deliver(tmp_path, "d", new[600:]), "2025", settings)
    assert (told(first), told(second)) == (set(), set())
    # a supplement and a delivery that replaces one are no more than before
    extra = load(deliver(tmp_path, "e", rows(2025, 20, seed=1)), "2025", settings)
    again = load(deliver(tmp_path, "f", rows(2025, 620, seed=2)), "2025", settings)
    assert (told(extra), told(again)) == (set(), set())


def test_the_last_part_that_stays_away_is_told(tmp_path: Path, settings: Settings) -> None:
    for name, seed in (("a", 0), ("b", 1)):
        load(deliver(tmp_path, name, rows(2024, 600, seed)), "2024", settings)
    load(deliver(tmp_path, "c", rows(2025, 600)), "2025", settings)
    report = load(deliver(tmp_path, "d", rows(2025, 100, seed=1)), "2025", settings)
    assert told(report) == {("ANALYSE-AANTAL", None)}
    [each] = report.analyse.afwijkingen
    assert (each.nu, each.toen, each.periode) == (700, 1_200, "2024")


def test_what_is_left_of_a_delivery_is_compared_when_most_is_refused(
    tmp_path: Path, settings: Settings
) -> None:
    load(deliver(tmp_path, "a", rows(2024)), "2024", settings)
    content = without_groups(rows(2025))
    for row in content[:800]:
        row[1] = "111222334"
    why = acceptance(["BSN-ONGELDIG"], "proef")
    path = deliver(tmp_path, "b", content)
    report = ingest_path(path, BRON, settings, periode="2025", aanvaard=why)
    assert report.total().geaccepteerd == 400
    assert told(report) == {("ANALYSE-VULLING", "diagnosegroep")}


def raw_bytes(settings: Settings) -> set[str]:
    files = (settings.home / "raw").rglob("*.parquet")
    return {hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def test_order_changes_warnings_alone_and_they_can_be_made_again(
    tmp_path: Path, settings: Settings
) -> None:
    old, new = deliver(tmp_path, "a", rows(2024)), deliver(tmp_path, "b", fewer(rows(2025)))
    other = settings.model_copy(update={"home": tmp_path / "other"})
    other.home.mkdir()
    (other.home / "sleutel").write_text((settings.home / "sleutel").read_text())
    load(old, "2024", other)
    in_order = load(new, "2025", other)
    backwards = load(new, "2025", settings)
    load(old, "2024", settings)
    assert told(in_order) == {("ANALYSE-AANTAL", None)}
    assert told(backwards) == set()
    assert raw_bytes(settings) == raw_bytes(other)
    later = answer_again(backwards.levering_id, settings, retour=False).content["analyse"]
    assert later == json.loads(json.dumps(in_order.as_dict()["analyse"], default=vars))


def test_a_profile_holds_counts_alone(tmp_path: Path, settings: Settings) -> None:
    content = rows(2024, 300)
    for row in content[:4]:
        row[5] = "zeldzaam"
    report = load(deliver(tmp_path, "a", content), "2024", settings)
    file = profile_file(settings.home, BRON, report.levering_id)
    text = file.read_text(encoding="utf-8")
    profiel = read_profile(file)
    table = profiel.tabellen["reg_ggz_wachttijd"]
    assert profiel.records == {"reg_ggz_wachttijd": 300}
    assert (table.rijen, table.gevuld["pseudo_id"]) == (300, 300)
    assert sum(n for n, _ in table.verdeling["maand van begin"].codes.values()) == 300
    assert min(n for n, _ in table.verdeling["diagnosegroep"].codes.values()) >= 10
    for secret in (BSN, "zeldzaam", "w2024-0-1", '"p0', "54000001"):
        assert secret not in text


def test_the_console_and_the_page_tell_it(tmp_path: Path, settings: Settings) -> None:
    runner = CliRunner()
    for name, jaar, content in (
        ("a", "2024", rows(2024)),
        ("b", "2025", without_groups(rows(2025))),
    ):
        path = deliver(tmp_path, name, content)
        result = runner.invoke(app, ["ingest", str(path), "--bron", BRON, "--periode", jaar])
        assert result.exit_code == 0
    assert "Beside 2024" in result.stdout
    assert "1 out of line" in result.stdout
    assert "diagnosegroep: 0.0% now, 100.0% in 2024" in result.stdout
    page = max(
        (settings.home / "terugkoppeling").rglob("rapport.html"), key=lambda f: f.stat().st_mtime
    )
    text = page.read_text(encoding="utf-8")
    assert "Vergeleken met eerder" in text
    assert "hoogstens 1%" in text
    assert "aandeel gevuld: Diagnosegroep" in text
