"""SIGKILL of ``iza ingest`` at random moments, then a re-run: as if nothing had happened."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.ingest_state import BRON, check_after_kill, check_after_rerun, new_home, write_delivery
from tests.killing import KILLED, Killing


def kill_and_run_again(tmp_path: Path, kills: int, seed: int) -> int:
    """Kill at random changes on disk and at random moments; how many runs were really killed."""
    random = Random(seed)  # noqa: S311 - the same kills every time
    delivery = write_delivery(tmp_path / "levering")
    words = ("ingest", str(delivery), "--bron", BRON, "--periode", "2025", "--json")
    whole = new_home(tmp_path / "whole")
    killed = 0
    with Killing({"IZA_THREADS": "1"}, tmp_path) as iza:
        first = iza.run(*words, IZA_HOME=str(whole.home))
        assert (first.code, first.messages) == (0, "")
        assert first.steps > 20
        for number in range(kills):
            settings = new_home(tmp_path / f"home-{number}")
            home = str(settings.home)
            for _ in range(random.randint(1, 3)):
                moment: dict = (
                    {"at_step": random.randint(1, first.steps)}
                    if random.random() < 0.7
                    else {"after": random.uniform(0, first.seconds)}
                )
                ran = iza.run(*words, IZA_HOME=home, **moment)
                assert ran.code in (0, KILLED), ran.messages
                killed += ran.code == KILLED
                check_after_kill(settings, whole)
            again = iza.run(*words, IZA_HOME=home)
            assert again.code == 0, again.messages
            check_after_rerun(settings, whole)
    return killed


def test_ten_kills_at_random_moments(tmp_path: Path) -> None:
    assert kill_and_run_again(tmp_path, 10, seed=1) >= 10


@pytest.mark.chaos
def test_a_hundred_kills_at_random_moments(tmp_path: Path) -> None:
    assert kill_and_run_again(tmp_path, 100, seed=2) >= 100
