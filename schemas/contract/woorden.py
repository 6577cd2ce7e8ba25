"""English glosses of Dutch column names, word by word (``woorden.csv``)."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "woorden.csv"


class MissingWordError(KeyError):
    """A word of a column name has no English in ``schemas/contract/woorden.csv``."""

    def __str__(self) -> str:
        return f"No English for '{self.args[0]}': add a row to schemas/contract/woorden.csv."


@cache
def _words() -> dict[str, str]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["nederlands"]: row["engels"] for row in csv.DictReader(file)}


def gloss(naam: str) -> str:
    """The words of a column name in English, in their own order.

    Args:
        naam: name in snake_case.

    Returns:
        For example ``care provider number`` for ``zorgaanbieder_nr``.

    Raises:
        MissingWordError: the list does not have one of its words; whole names go before words.
    """
    words = _words()
    if naam in words:
        return words[naam]
    missing = next((word for word in naam.split("_") if word not in words), None)
    if missing is not None:
        raise MissingWordError(missing)
    return " ".join(words[word] for word in naam.split("_") if words[word])
