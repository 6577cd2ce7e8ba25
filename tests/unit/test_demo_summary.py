"""What is told at the end, and wrong use."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from demo.__main__ import main
from demo.console import Durations
from demo.summary import Refusals, current_releases, refusals, release_lines, tell
from ingest.ledger import Ledger
from ingest.settings import Settings

REPORTS = [
    {
        "status": "deels",
        "tabellen": {"T": {"quarantaine": 3}, "U": {"quarantaine": 0}},
        "redenen": [{"code": code, "aantal": aantal} for code, aantal in reasons.items()],
    }
    for reasons in ({"X": 3, "Y": 1}, {"X": 4})
]


@pytest.fixture
def home(settings: Settings) -> Path:
    home = settings.home
    ledger = Ledger(settings.ledger_address)
    for number, report in enumerate(REPORTS):
        name = {"bron_id": "bron-a", "soort": "fhir", "periode": "2025", "sleutel_id": "k"}
        ledger.claim(levering_id=f"l{number}", **name)
        ledger.commit(f"l{number}", report, {})
    (home / "publicatie" / "open").mkdir(parents=True)
    (home / "publicatie" / "open" / "actueel.json").write_text('{"versie": "2025.1"}')
    (home / "marts").mkdir()
    (home / "marts" / "actueel.json").write_text('{"bouw_id": "b77"}')
    (home / "rapport" / "bouw").mkdir(parents=True)
    (home / "rapport" / "bouw" / "b77.json").write_text('{"geweigerd": {"Z": 5}}')
    return home


def test_counts_over_all_reports() -> None:
    # A record refused for two reasons is one record.
    assert refusals(REPORTS) == Refusals(6, Counter({"X": 7, "Y": 1}))


def test_releases_are_those_of_the_pointers(home: Path) -> None:
    assert current_releases(home) == {"open": "2025.1"}


def test_a_numbered_series_takes_one_line() -> None:
    releases = {"open": "2025.1", "regio-01": "2025.1", "regio-02": "2025.1", "regio-03": "2025.2"}
    assert release_lines(releases) == [
        "open  2025.1", "regio-01 and 1 more of its series  2025.1", "regio-03  2025.2",
    ]  # fmt: skip


def test_everything_is_named(
    settings: Settings, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    durations = Durations()
    with durations.phase("aanlevering"):
        pass
    tell(settings, durations)
    told = capsys.readouterr().out
    for part in (
        "b77",
        "serving.duckdb",
        "open  2025.1",
        "6 records",
        "7  X",
        "5  Z",
        "aanlevering 0",
    ):
        assert part in told


@pytest.mark.parametrize("arguments", [["opp"], ["up", "down"]])
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "usage" in capsys.readouterr().out


def test_down_without_an_airflow_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IZA_HOME", str(tmp_path))
    assert main(["down"]) == 0
    assert "No Airflow runs" in capsys.readouterr().out


def test_a_fault_is_one_message_and_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IZA_HOME", str(tmp_path))
    monkeypatch.setenv("IZA_THREADS", "none")
    assert main(["down"]) == 3
    assert "IZA_THREADS" in capsys.readouterr().out
