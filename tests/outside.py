"""Files from outside, next to the repository; who does not have them is told what was skipped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).parents[2] / "shared" / "data"

#: Folder with the files; set IZA_OUTSIDE_DATA when it is elsewhere.
OUTSIDE = Path(os.environ.get("IZA_OUTSIDE_DATA", _BESIDE))

_SKIP = pytest.mark.skipif(
    not OUTSIDE.is_dir(),
    reason=f"SKIPPED FOR LACK OF FILES FROM OUTSIDE: no folder {OUTSIDE}; set IZA_OUTSIDE_DATA",
)


def needs_outside(test):
    """Mark a test that reads files from outside: ``outside``, and skipped without them."""
    return pytest.mark.outside(_SKIP(test))
