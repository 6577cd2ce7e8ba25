"""A disk that is full at any write: a clear message, nothing half-visible, a re-run succeeds."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ingest_state import (
    BRON,
    check_after_kill,
    check_after_rerun,
    new_home,
    tree,
    write_delivery,
)
from tests.killing import Killing, Ran

STORAGE = 5


def words(delivery: Path) -> tuple[str, ...]:
    return ("ingest", str(delivery), "--bron", BRON, "--periode", "2025", "--json")


def check_refusal(ran: Ran) -> None:
    assert ran.code == STORAGE, ran.messages
    assert "Traceback" not in ran.messages
    assert ran.messages.count("error:") == 1
    said = ran.messages.lower()
    assert "disk" in said, said
    assert "again" in said
    assert not any(bsn in said for bsn in ("999900006", "111222333", "111222334"))


def test_full_at_every_change_on_disk(tmp_path: Path) -> None:
    """Injected: from some change on every opening, new folder and rename fails with ENOSPC."""
    delivery = write_delivery(tmp_path / "levering")
    whole = new_home(tmp_path / "whole")
    refused = 0
    with Killing({"IZA_THREADS": "1"}, tmp_path) as iza:
        steps = iza.run(*words(delivery), IZA_HOME=str(whole.home)).steps
        for step in range(1, steps + 1, 5):
            settings = new_home(tmp_path / f"home-{step}")
            ran = iza.run(*words(delivery), full_at=step, IZA_HOME=str(settings.home))
            if ran.code != 0:  # what still had to be removed needs no room
                check_refusal(ran)
                refused += 1
            check_after_kill(settings, whole)
            again = iza.run(*words(delivery), IZA_HOME=str(settings.home))
            assert again.code == 0, again.messages
            check_after_rerun(settings, whole)
    assert refused > 5


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 4 MB."""
    place = tmp_path / "klein"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "iza-toets", str(place)],
        capture_output=True, text=True, check=False,
    ) if os.getuid() == 0 else None  # fmt: skip
    if made is None or made.returncode != 0:
        pytest.skip("a small file system cannot be mounted here: that is for root alone")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_small_disk_that_is_really_full(tmp_path: Path, small_disk: Path) -> None:
    delivery = write_delivery(tmp_path / "levering")
    whole = new_home(tmp_path / "whole")
    refused = 0
    with Killing({"IZA_THREADS": "1"}, tmp_path) as iza:
        assert iza.run(*words(delivery), IZA_HOME=str(whole.home)).code == 0
        for room in (0, 8, 64, 160, 224, 320):
            settings = new_home(small_disk / f"home-{room}")
            ballast = small_disk / "ballast"
            free = os.statvfs(small_disk)
            with ballast.open("wb") as file:
                room_left = free.f_bavail * free.f_frsize
                os.posix_fallocate(file.fileno(), 0, room_left - room * 1024)
            ran = iza.run(*words(delivery), IZA_HOME=str(settings.home))
            if ran.code != 0:
                check_refusal(ran)
                refused += 1
            ballast.unlink()
            check_after_kill(settings, whole)
            again = iza.run(*words(delivery), IZA_HOME=str(settings.home))
            assert again.code == 0, again.messages
            check_after_rerun(settings, whole)
            assert tree(settings.home) == tree(whole.home)
            subprocess.run(["rm", "-r", str(settings.home)], check=True)
    assert refused > 1
