"""Claims are exclusive: a living holder is waited for, a dead one is taken over from."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.errors import LedgerError
from ingest.ledger import Ledger, claims
from ingest.settings import Settings

REPORT = {"status": "geaccepteerd", "levering": "l1"}

#: Holds a claim until it is killed.
HOLDER = """
import sys, time
from ingest.ledger import ledger_of
from ingest.settings import load_settings
settings = load_settings()
with ledger_of(settings).hold("l1", settings):
    print("held", flush=True)
    time.sleep(600)
"""


def machine(settings: Settings, url: str, name: str, seconds: float = 4.0) -> Settings:
    return settings.model_copy(
        update={"machine": name, "ledger_url": url, "claim_seconds": seconds}
    )


def start_holder(settings: Settings, url: str, name: str) -> subprocess.Popen[str]:
    environment = {
        "IZA_HOME": str(settings.home), "IZA_LEDGER_URL": url, "IZA_MACHINE": name,
        "IZA_CLAIM_SECONDS": "4", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path.cwd()),
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_many_workers_on_many_machines_one_at_a_time(settings: Settings, ledger_url: str) -> None:
    Ledger(ledger_url).committed()
    inside: list[int] = []
    most: list[int] = []

    def work(number: int) -> None:
        here = machine(settings, ledger_url, f"machine-{number % 3}", 30)
        with Ledger(ledger_url).hold("l1", here):
            inside.append(number)
            most.append(len(inside))
            time.sleep(0.02)
            inside.remove(number)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    assert most == [1] * 6


@pytest.mark.parametrize("other", ["the same machine", "another machine"])
def test_a_killed_holder_is_taken_over_from(
    settings: Settings, ledger_url: str, other: str
) -> None:
    process = start_holder(settings, ledger_url, "the same machine")
    process.kill()
    process.wait()
    with Ledger(ledger_url).hold("l1", machine(settings, ledger_url, other)) as claim:
        assert claim.taken_over is not None
        assert f":{process.pid}:" in claim.taken_over


def test_a_living_holder_is_waited_for_longer_than_its_term(
    settings: Settings, ledger_url: str
) -> None:
    process = start_holder(settings, ledger_url, "a")
    got = threading.Event()

    def wait() -> None:
        with Ledger(ledger_url).hold("l1", machine(settings, ledger_url, "b")):
            got.set()

    waiter = threading.Thread(target=wait)
    waiter.start()
    try:
        assert not got.wait(9)  # more than twice the term
        process.kill()
        assert got.wait(30)
    finally:
        process.kill()
        process.wait()
        waiter.join(30)


def test_a_holder_that_was_taken_over_commits_nothing(
    settings: Settings, ledger_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "_beat", lambda *_: None)  # a machine that is suspended
    first, second = Ledger(ledger_url), Ledger(ledger_url)
    with first.hold("l1", machine(settings, ledger_url, "a")) as late:
        with second.hold("l1", machine(settings, ledger_url, "b")) as claim:
            for ledger in (first, second):
                ledger.claim(
                    levering_id="l1", bron_id="b", soort="fhir", periode="2025", sleutel_id="k"
                )
            with pytest.raises(LedgerError, match="Another worker took l1 over"):
                first.commit("l1", REPORT, {"fhir_patient": 1}, claim=late)
            assert second.committed() == []
            second.commit("l1", REPORT, {"fhir_patient": 2}, claim=claim)
            second.commit("l1", REPORT, {"fhir_patient": 2}, claim=claim)  # its answer was lost
        assert [d.tabellen for d in second.committed()] == [{"fhir_patient": 2}]
    history = second.history("l1")
    assert history is not None
    assert [s.stap for s in history.stappen] == ["vastgelegd"]


def test_a_holder_notices_that_it_was_taken_over(settings: Settings, ledger_url: str) -> None:
    ledger = Ledger(ledger_url)
    with ledger.hold("l1", machine(settings, ledger_url, "a", 0.6)) as claim:
        claim.check()
        other = claims.new_claim("l1", "b", settings.home)
        ledger._runner.write(lambda c: claims.release(c, claim))
        claims._acquire(ledger._runner, other, 0.6)
        assert claim._lost.wait(10)
        with pytest.raises(LedgerError, match="Another worker"):
            claim.check()
    # What the other holds is not given back by the first.
    assert ledger._runner.read(lambda c: claims.still_holds(c, other))
