"""What a user is told when the engine has too little memory or disk."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess

import duckdb
import pytest

from ingest.errors import BuildError
from ingest.settings import Settings
from marts.run_results import check_run
from marts.too_small import too_small


def test_a_fault_of_the_engine_says_what_to_set() -> None:
    settings = Settings(memory_limit="12MB", threads=1)
    query = "select len(list(i || 'a long text')) from range(3000000) as r(i)"
    with (
        duckdb.connect(config={"memory_limit": "12MB", "threads": 1}) as con,
        pytest.raises(duckdb.OutOfMemoryException) as caught,
    ):
        con.execute(query).fetchall()
    remedy = too_small([str(caught.value)], settings, Path("/srv/bouw"))
    assert remedy is not None
    assert all(word in remedy for word in ("too little memory", "IZA_MEMORY_LIMIT", "12MB"))


def test_a_full_disk_and_a_process_that_the_system_stopped_are_known() -> None:
    settings = Settings(memory_limit="12MB", threads=1)
    for full in (
        'IO Error: Could not write file "x": No space left on device',
        "Out of Memory Error: failed to offload data block of size 128.0 KiB (35 MiB/35 MiB used). "
        "This limit was set by the 'max_temp_directory_size' setting.",
    ):
        remedy = too_small([full], settings, Path("/srv/bouw"))
        assert remedy is not None
        assert "disk of /srv/bouw is too small" in remedy
        assert "IZA_HOME" in remedy
    assert "stopped by the system" in (too_small([""], settings, Path("/srv/bouw"), -9) or "")
    assert too_small(["Binder Error: column x"], settings, Path("/srv/bouw"), 1) is None


def test_the_remedy_ends_the_message() -> None:
    with pytest.raises(BuildError, match=r"\AMake room\.\Z"):
        check_run(CompletedProcess([], -9, stdout="", stderr=""), [], "Make room.")
