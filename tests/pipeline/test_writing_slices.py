"""A large delivery is written slice by slice: the rows are the same, in the same order."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import ingest.writing
from ingest.intake import ingest_path
from ingest.settings import Settings
from tests.ingest_state import new_home
from tests.large_delivery import KINDS, write_large


def raw_files(settings: Settings) -> dict[str, Path]:
    return {
        path.relative_to(settings.home / "raw").parts[0]: path
        for path in sorted((settings.home / "raw").rglob("*.parquet"))
    }


@pytest.mark.parametrize("kind", ["HA304", "FHIR"])
def test_slices_give_the_rows_of_the_whole(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = write_large(kind, 300_000, tmp_path / "in", personen=200)
    made = []
    for name, at_once, threads in (("a", 1_000_000, 1), ("b", 200, 2)):
        settings = new_home(tmp_path / name).model_copy(update={"threads": threads})
        monkeypatch.setattr(ingest.writing, "AT_ONCE", at_once)
        report = ingest_path(tmp_path / "in", KINDS[kind].bron, settings)
        assert report.total().aangeleverd == lines > 2 * 200
        made.append((report.total(), report.rijen, raw_files(settings)))
    (plain, rows, whole), (in_slices, rows_again, sliced) = made
    assert (plain, rows) == (in_slices, rows_again)
    assert whole.keys() == sliced.keys()
    for table, path in whole.items():
        before, after = pl.read_parquet(path), pl.read_parquet(sliced[table])
        place = ["bestand", "regel"]
        assert before.select(place).equals(after.select(place)), table
        # A resource may give several rows of a table, whose order says nothing.
        assert before.sort(before.columns).equals(after.sort(after.columns)), table
