"""Fixtures every room of the tests shares."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pseudonym import write_key
from ingest.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of an empty home with the demonstration key."""
    for name in ("IZA_PSEUDONYM_KEY", "IZA_PSEUDONYM_KEY_FILE", "IZA_LEDGER_URL", "IZA_INBOX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("IZA_HOME", str(tmp_path / "home"))
    made = Settings(home=(tmp_path / "home").resolve(), threads=1)
    write_key(made, demo=True)
    return made
