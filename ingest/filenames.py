"""File names of the sender, kept out of what is kept: a name may tell who the file is about.

The ledger and the room ``rapport/`` outlive ``landing/``. What they say of a place names a file by
its number among the files of the delivery, in the order of their names, as the ledger counts them.
As long as the files are in ``landing/`` the names are told there, and put back for who reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ingest.ledger.history import file_kind

Json = dict[str, Any]


def _numbers(names: Iterable[str]) -> dict[str, str]:
    """What stands for a name, by name."""
    return {
        name: f"bestand-{number}{file_kind(name)}"
        for number, name in enumerate(sorted(names), start=1)
    }


def _changed(rapport: Json, change: Callable[[str], str]) -> Json:
    """The report with the file of every example changed."""
    result = dict(rapport)
    for part in ("redenen", "waarschuwingen"):
        result[part] = [
            reden | {"voorbeeld": reden["voorbeeld"]
                     | {"bestand": change(reden["voorbeeld"]["bestand"])}}
            for reden in rapport.get(part, [])
        ]  # fmt: skip
    return result


def numbered(rapport: Json, names: Iterable[str]) -> Json:
    """A report without file names.

    Args:
        rapport: an intake report as JSON.
        names: of all files of the delivery.

    Returns:
        The report with ``bestand-<number>`` and a known extension for each name. A file within an
        archive goes by the archive.
    """
    numbers = _numbers(names)

    def change(bestand: str) -> str:
        if bestand in numbers:
            return numbers[bestand]
        within = [name for name in numbers if bestand.startswith(name)]
        return numbers[max(within, key=len)] if within else "bestand"

    return _changed(rapport, change)


def named(rapport: Json, names: Iterable[str]) -> Json:
    """A report with the names of files that are still there.

    Args:
        rapport: of ``numbered``; one of before that was done stays as it is.
        names: of all files of the delivery; none when they are gone.
    """
    back = {number: name for name, number in _numbers(names).items()}
    return _changed(rapport, lambda bestand: back.get(bestand, bestand))
