"""An intake that is ended from outside leaves no process behind, and the next one goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest.cli import app

pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks /proc for processes"),
    pytest.mark.xdist_group("stopping"),
]

#: Judging in workers, as in a delivery of 200,000 resources.
_INGEST = """
from ingest.fhir.validation import verdict
verdict.POOL_FROM = 1
from ingest.cli import main
main()
"""
WORKERS, RECORDS = 2, 4_001
KEY = "k" * 32


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    file = tmp_path / "Patient.ndjson"
    profile = "http://nictiz.nl/fhir/StructureDefinition/nl-core-Patient"
    patient = {"resourceType": "Patient", "gender": "female", "meta": {"profile": [profile]}}
    file.write_text("\n".join(json.dumps(patient | {"id": f"p{n}"}) for n in range(RECORDS)))
    return file


@pytest.fixture
def ingest(delivery: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    words = ["ingest", str(delivery), "--bron", "fhir-ziekenhuizen", "--periode", "2025"]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("IZA_")}
    own = {"IZA_HOME": str(tmp_path / "home"), "IZA_PSEUDONYM_KEY": KEY}
    process = subprocess.Popen(
        [sys.executable, "-c", _INGEST, *words],
        env=kept | own | {"IZA_THREADS": str(WORKERS)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    yield process
    process.kill()
    process.wait()  # not for its output, which a worker that lives on would hold open


def _told(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except OSError:
        return ""


def workers_of(process: subprocess.Popen[str]) -> list[int]:
    """The workers of a process, waited for until all have been started."""
    found: list[int] = []
    while len(found) < WORKERS:
        assert process.poll() is None, process.communicate()
        children = _told(process.pid, f"task/{process.pid}/children").split()
        found = [int(pid) for pid in children if "spawn_main" in _told(int(pid), "cmdline")]
        time.sleep(0.005)
    return found


def is_gone(pid: int) -> bool:
    return _told(pid, "stat").rpartition(")")[2].split()[:1] in ([], ["Z"])


@pytest.mark.parametrize(
    ("how", "code", "words"),
    [(signal.SIGKILL, -9, ""), (signal.SIGTERM, 143, "is redone by the same command")],
    ids=["killed", "terminated"],
)
def test_no_worker_outlives_its_intake(
    ingest: subprocess.Popen[str],
    delivery: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    how: signal.Signals,
    code: int,
    words: str,
) -> None:
    workers = workers_of(ingest)
    ingest.send_signal(how)
    _, errors = ingest.communicate(timeout=60)
    assert ingest.returncode == code
    assert words in errors
    assert "Traceback" not in errors
    until = time.monotonic() + 60
    while not all(map(is_gone, workers)):
        assert time.monotonic() < until, "a worker goes on without its intake"
        time.sleep(0.05)

    monkeypatch.setenv("IZA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("IZA_PSEUDONYM_KEY", KEY)
    again = ["ingest", str(delivery), "--bron", "fhir-ziekenhuizen", "--periode", "2025", "--json"]
    loaded = json.loads(CliRunner().invoke(app, again).stdout)
    assert loaded["tabellen"]["Patient"]["aangeleverd"] == RECORDS
    assert list((tmp_path / "home" / "werk").glob("*")) == []


def test_a_worker_that_is_ended_is_told_as_what_it_is(ingest: subprocess.Popen[str]) -> None:
    os.kill(workers_of(ingest)[0], signal.SIGKILL)
    _, errors = ingest.communicate(timeout=60)
    assert ingest.returncode == 12
    assert "was ended from outside" in errors
    assert "Traceback" not in errors
