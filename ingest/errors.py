"""Faults a user can meet: one class and one exit code a kind of fault.

Exit codes are part of the interface and are never reused. 0 done, 1 the data was refused,
2 wrong use (Typer's own), 3 and up as listed here.
"""

from __future__ import annotations


class IzaError(Exception):
    """A fault that is told to the user in one message: what, where, what to do."""

    exit_code = 1


class DataRefusedError(IzaError):
    """The delivery was read and refused as a whole."""

    exit_code = 1


class WithdrawnError(DataRefusedError):
    """The delivery was withdrawn, and comes again without being asked for."""


class UsageError(IzaError):
    """A wrong path, option or name."""

    exit_code = 2


class SettingsError(IzaError):
    """A setting is missing or wrong."""

    exit_code = 3


class LedgerError(IzaError):
    """The ledger cannot be reached or holds a conflicting claim."""

    exit_code = 4


class StorageError(IzaError):
    """A file could not be read or written."""

    exit_code = 5


class ViewError(IzaError):
    """A ViewDefinition is invalid or asks for something unsupported."""

    exit_code = 6


class BuildError(IzaError):
    """The dbt build failed."""

    exit_code = 7


class PublicationError(IzaError):
    """A publication was stopped: purpose, disclosure or contract."""

    exit_code = 8


class VerificationError(IzaError):
    """A release does not match its manifest."""

    exit_code = 9


class RemoteError(IzaError):
    """A remote source cannot be reached or does not answer in time; trying again may help."""

    exit_code = 10


class RemoteRefusedError(IzaError):
    """A remote source refuses this client, or does not keep to its standard."""

    exit_code = 11


class WorkerError(IzaError):
    """A process that did part of the work was ended from outside, such as for want of memory."""

    exit_code = 12
