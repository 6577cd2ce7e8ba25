"""Files nobody would send on purpose: no traceback, no lost row, every record accounted for."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from fhir_fuzz import Input, count, inputs, intact, make

from ingest.fhir.door.records import RecordReader
from ingest.intake import ingest_path
from ingest.reading import DeliveredFile
from ingest.report import IntakeReport
from ingest.settings import Settings

BRON = "fuzz"
_A_DELIVERY = 500
_INTACT = 500


def write(folder: Path, files: list[Input]) -> None:
    folder.mkdir(parents=True)
    for file in files:
        (folder / file.name).write_bytes(file.raw)


def counted(folder: Path, file: Input) -> int:
    """Records our reader finds in one file."""
    delivered = DeliveredFile(folder / file.name, file.name, "", len(file.raw))
    batches = list(RecordReader().read([delivered]))
    return sum(len(batch.naam) + len(batch.verwijderd) for batch in batches)


def blamed(settings: Settings, folder: Path, files: list[Input]) -> list[int]:
    """Numbers of the files that cannot be loaded by themselves."""
    found = []
    for file in files:
        try:
            ingest_path(folder / file.name, f"{BRON}-een", settings, soort="fhir")
        except Exception:
            found.append(file.number)
    return found


def load(settings: Settings, folder: Path, files: list[Input]) -> IntakeReport:
    try:
        return ingest_path(folder, BRON, settings, soort="fhir")
    except Exception as error:
        numbers = blamed(settings, folder, files)
        raise AssertionError(f"the files {numbers} stop intake: {error!r}") from error


def fuzz(settings: Settings, tmp_path: Path, first: int, number: int) -> Counter[str]:
    seen: Counter[str] = Counter()
    for start in range(first, first + number, _A_DELIVERY):
        files = [*inputs(start, min(_A_DELIVERY, first + number - start)), intact(_INTACT)]
        folder = tmp_path / str(start)
        write(folder, files)
        records = {file.number: counted(folder, file) for file in files}
        expected = {f.number: n for f in files if (n := count(f)) is not None}
        wrong = {n: (records[n], expected[n]) for n in expected if records[n] != expected[n]}
        assert wrong == {}, "number of the file: (our count, plain count)"
        report = load(settings, folder, files)
        total = report.total()
        assert total.aangeleverd == sum(records.values())
        assert total.aangeleverd == total.geaccepteerd + total.quarantaine + total.dubbel
        for naam, tabel in (("Patient", "fhir_patient"), ("verwijdering", "fhir_verwijdering")):
            told = report.tabellen.get(naam)
            assert report.rijen[tabel] == (told.geaccepteerd if told else 0), naam
        seen += Counter(
            files=len(files) - 1, compared=len(expected), aangeleverd=total.aangeleverd,
            geaccepteerd=total.geaccepteerd, quarantaine=total.quarantaine, dubbel=total.dubbel,
        )  # fmt: skip
    return seen


def test_five_hundred_damaged_files(settings: Settings, tmp_path: Path) -> None:
    seen = fuzz(settings, tmp_path, 1, 500)
    assert seen["compared"] > 100
    assert seen["geaccepteerd"] > _INTACT
    assert min(seen["quarantaine"], seen["dubbel"]) > 25


@pytest.mark.chaos
def test_twenty_thousand_damaged_files(settings: Settings, tmp_path: Path) -> None:
    seen = fuzz(settings, tmp_path, 1_000_000, 20_000)
    assert seen["files"] == 20_000


def test_the_command_line_says_what_became_of_them(settings: Settings, tmp_path: Path) -> None:
    write(tmp_path / "in", list(inputs(3_000_000, 60)))
    broken = next(f for f in map(make, range(4_000_000, 4_001_000)) if f.name.endswith("zip"))
    (tmp_path / "in.zip").write_bytes(broken.raw[:50])
    for path, code in ((tmp_path / "in", 0), (tmp_path / "in.zip", 1)):
        command = [Path(sys.executable).with_name("iza"), "ingest", path, "--bron", "x-fuzz"]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ended.returncode == code, ended.stderr
        assert "Traceback" not in ended.stdout + ended.stderr
        assert ended.stdout
