"""Numbers of versions and the order of periods."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.errors import PublicationError
from publish.versions import is_version, last_period, next_version, versions


@pytest.mark.parametrize(
    ("periods", "last"),
    [
        (["2023", "2025", "2024"], "2025"),
        (["2025Q4", "2025", "2025-12"], "2025"),
        (["2025-12", "2025Q4"], "2025Q4"),
        (["2025", "2026Q1"], "2026Q1"),
        (["2026Q1", "2026-04"], "2026-04"),
        (["2025-09", "2025-10"], "2025-10"),
    ],
)
def test_the_last_period_ends_last_and_of_those_is_the_longest(
    periods: list[str], last: str
) -> None:
    assert last_period(periods) == last


@pytest.mark.parametrize("periods", [[], ["2025Q5"], ["2025-13"], ["25"], ["2025 "]])
def test_what_is_no_period_is_refused(periods: list[str]) -> None:
    with pytest.raises(PublicationError):
        last_period(periods)


def put(folder: Path, versie: str, vorige: str | None) -> None:
    (folder / versie).mkdir(parents=True)
    content = json.dumps({"vorige_versie": vorige})
    (folder / versie / "manifest.json").write_text(content, encoding="utf-8")


def test_versions_follow_each_other_and_numbers_are_used_once(tmp_path: Path) -> None:
    put(tmp_path, "2025.1", "2024.1")
    put(tmp_path, "2024.1", None)
    put(tmp_path, "2024.2", "2025.1")
    (tmp_path / ".tmp-2025.2").mkdir()
    chain = versions(tmp_path)
    assert [version.versie for version in chain] == ["2024.1", "2025.1", "2024.2"]
    assert next_version(chain, "2024") == "2024.3"
    assert next_version(chain, "2025") == "2025.2"
    assert next_version(chain, "2026Q1") == "2026Q1.1"


def test_ten_comes_after_nine(tmp_path: Path) -> None:
    previous = None
    for number in range(1, 11):
        put(tmp_path, f"2025.{number}", previous)
        previous = f"2025.{number}"
    assert next_version(versions(tmp_path), "2025") == "2025.11"


def test_a_fork_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "2025.1", None)
    put(tmp_path, "2025.2", "2025.1")
    put(tmp_path, "2025.3", "2025.1")
    with pytest.raises(PublicationError, match="do not follow"):
        versions(tmp_path)


def test_a_folder_that_is_not_there_has_no_versions(tmp_path: Path) -> None:
    assert versions(tmp_path / "nieuw") == []
    assert next_version([], "2025") == "2025.1"


@pytest.mark.parametrize(
    ("name", "yes"),
    [
        ("2025.1", True),
        ("2025Q4.12", True),
        ("2025-01.1", True),
        ("2025", False),
        ("2025.0", False),
    ],
)
def test_what_a_version_is_named(name: str, yes: bool) -> None:
    assert is_version(name) is yes
