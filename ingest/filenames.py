"""File names of the sender, kept out of what is kept: a name may tell who the file is about.

The ledger and the rooms ``rapport/`` and ``raw/`` outlive ``landing/``. What they say of a place
names a file by its number among the files of the delivery, in the order of their names, as the
ledger counts them. As long as the files are in ``landing/`` the names are told there, and put back
for who reads.
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


def place_numbers(places: Iterable[str], names: Iterable[str]) -> dict[str, str]:
    """What stands for places of records, each by its own, so that a place stays one.

    Args:
        places: files of a delivery and files within its archives, all that hold records.
        names: of all files of the delivery.

    Returns:
        ``bestand-2.ndjson`` for a file; ``bestand-3.zip/1`` for the first place within an archive.
    """
    numbers, members = _numbers(names), dict[str, int]()
    found = {}
    for place in sorted(places):
        within = [name for name in numbers if place == name or place.startswith(f"{name}/")]
        archive = max(within, key=len, default="")
        stands = numbers.get(archive, "bestand")
        if place != archive:
            members[archive] = members.get(archive, 0) + 1
            stands = f"{stands}/{members[archive]}"
        found[place] = stands
    return found


def named_place(place: str, names: Iterable[str]) -> str:
    """The place of a record by the name of its file, when that is still there.

    Args:
        place: of ``place_numbers``.
        names: of all files of the delivery; none when they are gone.
    """
    back = {number: name for name, number in _numbers(names).items()}
    file, slash, member = place.partition("/")
    return f"{back[file]}{slash}{member}" if file in back else place


def named(rapport: Json, names: Iterable[str]) -> Json:
    """A report with the names of files that are still there.

    Args:
        rapport: of ``numbered``; one of before that was done stays as it is.
        names: of all files of the delivery; none when they are gone.
    """
    back = {number: name for name, number in _numbers(names).items()}
    return _changed(rapport, lambda bestand: back.get(bestand, bestand))
