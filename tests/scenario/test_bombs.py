"""Packed files made to fill a disk or a memory end as a refused delivery, and leave nothing behind.

Each is loaded by the command, in a control group that the kernel keeps to its memory.
"""

from __future__ import annotations

import gzip
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ingest.ledger import Ledger
from tests.container import container, ingest_inside
from tests.ingest_state import committed, new_home

MB = 1 << 20
LARGE_GB = float(os.environ.get("IZA_LARGE_GB", "5")) / 2


def _resources(size: int) -> Iterator[bytes]:
    """Patients of 8 kB: what comes out before the limit is sound by itself."""
    padding = b" " * 8_000
    for number in range(size // len(padding)):
        yield b'{"resourceType":"Patient","id":"%d"%s}\n' % (number, padding)


def _many_times(part: bytes, file: Path) -> None:
    """Hundreds of megabytes in some hundreds of kilobytes: a gzip file goes on after its end."""
    packed = gzip.compress(part, mtime=0)
    file.write_bytes(packed * (600 * MB // len(part)))


def _fhir(folder: Path) -> str:
    _many_times(b"".join(_resources(10 * MB)), folder / "Patient.ndjson.gz")
    return "fhir-huisartsen"


def _archive(folder: Path) -> str:
    """Every member is small and in proportion to a delivery; together they are not."""
    member = b"".join(_resources(3 * MB))
    with zipfile.ZipFile(folder / "leveringen.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(30):
            archive.writestr(f"{number}/Patient.ndjson", member)
    return "fhir-huisartsen"


def _messages(folder: Path) -> str:
    line = b"04" + b" " * 306 + b"\n"
    _many_times(line * (10 * MB // len(line)), folder / "ZH308.asc.gz")
    return "declaraties-msz"


BOMBS: dict[str, Callable[[Path], str]] = {
    "NDJSON": _fhir,
    "archive": _archive,
    "EI": _messages,
}


def _refused(home: Path, stdout: str, setting: str) -> dict:
    """The report of a delivery that was refused for what came out of it, and the state it left."""
    report = json.loads(stdout)
    assert report["status"] == "geweigerd"
    counts = report["tabellen"].values()
    assert sum(c["geaccepteerd"] for c in counts) == 0
    assert all(c["aangeleverd"] == c["quarantaine"] + c["dubbel"] for c in counts)
    codes = {reden["code"] for reden in report["redenen"]}
    assert {"BESTAND-TE-GROOT", "LEVERING-TE-GROOT"} <= codes
    answer = home / "terugkoppeling" / report["bron"] / report["levering"]
    page = (answer / "rapport.html").read_text(encoding="utf-8")
    assert setting in page
    assert "als geheel geweigerd" in page
    assert list((home / "werk").iterdir()) == []
    tables = [f for f in (home / "raw").rglob("*.parquet") if "dq_oordeel" not in str(f)]
    assert sum(pq.read_metadata(file).num_rows for file in tables) == 0
    settings = new_home(home)
    (seen,) = committed(settings)
    assert (seen["levering_id"], seen["status"]) == (report["levering"], "geweigerd")
    assert Ledger(settings.ledger_address).unfinished() == []
    return report


def _on_disk(home: Path) -> int:
    return sum(file.stat().st_size for file in home.rglob("*") if file.is_file())


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_in_a_small_container(kind: str, tmp_path: Path) -> None:
    """A hundred times what came and 64 MB at most; then the file is left for what it is."""
    (tmp_path / "in").mkdir()
    bron = BOMBS[kind](tmp_path / "in")
    packed = _on_disk(tmp_path / "in")
    home = new_home(tmp_path / "home").home
    with container(1_000_000_000) as processes:
        done = ingest_inside(processes, home, tmp_path / "in", bron, threads=1)
    assert done.returncode == 1, (done.returncode, done.stderr)
    assert "Traceback" not in done.stderr
    _refused(home, done.stdout, "IZA_UNPACKED_RATIO")
    assert _on_disk(home) < packed + 4 * MB


@pytest.mark.chaos
def test_gigabytes_beyond_what_a_delivery_may_hold(tmp_path: Path) -> None:
    """In proportion, so that only the size in all stops it: half of ``IZA_LARGE_GB`` may."""
    (tmp_path / "in").mkdir()
    with gzip.open(tmp_path / "in" / "Patient.ndjson.gz", "wb", compresslevel=1) as out:
        for number in range(int(1.5 * LARGE_GB * (1 << 30) / 1_000)):
            noise = os.urandom(200).hex()
            out.write(b'{"resourceType":"Patient","id":"%d","x":"%s%s"}\n'
                      % (number, noise.encode(), b"0" * 560))  # fmt: skip
    home = new_home(tmp_path / "home").home
    with container(1_500_000_000) as processes:
        done = ingest_inside(
            processes, home, tmp_path / "in", "fhir-huisartsen", unpacked_gb=LARGE_GB
        )
    assert done.returncode == 1, (done.returncode, done.stderr)
    _refused(home, done.stdout, "IZA_UNPACKED_GB")
