"""Faults of the demonstration; each is told in one message."""

from __future__ import annotations

from ingest.errors import IzaError


class DemoError(IzaError):
    """The demonstration did not do what it shows."""

    exit_code = 1


class DemoUseError(IzaError):
    """The demonstration cannot be run like this."""

    exit_code = 2
