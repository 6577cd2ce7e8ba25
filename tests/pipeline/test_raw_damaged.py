"""Rows that were lost or damaged on disk stop a build and say what to do; loading again mends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ingest.errors import BuildError
from ingest.intake import ingest_path
from ingest.ledger import Ledger
from ingest.settings import Settings
from marts.raw_index import RawIndex, index_raw
from tests.ingest_state import BRON, write_delivery


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:200])


def _fewer(file: Path) -> None:
    pq.write_table(pq.read_table(file).slice(0, 1), file)


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut off": (_cut, "is damaged or closed to this user"),
    "empty": (lambda file: file.write_bytes(b""), "is damaged"),
    "zeros": (lambda file: file.write_bytes(bytes(file.stat().st_size)), "is damaged"),
    "fewer rows": (_fewer, "has 2 rows in reg_ggz_wachttijd, and .* holds 1"),
    "gone": (Path.unlink, "there is no Parquet file"),
}


def _index(settings: Settings) -> RawIndex:
    return index_raw(settings.home, Ledger(settings.ledger_address).committed())


@pytest.mark.parametrize("what", DAMAGE)
def test_damaged_rows_stop_a_build_and_are_mended(
    what: str, tmp_path: Path, settings: Settings
) -> None:
    damage, words = DAMAGE[what]
    folder = write_delivery(tmp_path / "in")
    (folder / "wachttijden.csv").write_text(
        (folder / "wachttijden.csv").read_text() + "w9;111222333;54000001;basis;aanmelding;"
        "depressie;2025-01-01;2025-02-02\n"
    )
    report = ingest_path(folder, BRON, settings, periode="2025")
    (file,) = _index(settings).bestanden["reg_ggz_wachttijd"]
    sound = file.read_bytes()
    rows = pq.read_metadata(file).num_rows
    damage(file)
    with pytest.raises(BuildError, match=words.replace("has 2 rows", f"has {rows} rows")) as told:
        _index(settings)
    assert report.levering_id in str(told.value)
    assert "--again" in str(told.value)
    ingest_path(folder, BRON, settings, periode="2025", again=True)
    (mended,) = _index(settings).bestanden["reg_ggz_wachttijd"]
    assert mended.read_bytes() == sound
