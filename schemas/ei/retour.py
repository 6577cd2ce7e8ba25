"""Which retour message answers which declaration, as ``retourvormen.csv`` says.

The pairs of message codes are those of code list COD002. Version and subversion of the answer equal
those of the declaration (AP305 v7.2, MZ302 v1.3 and EP302 v1.2, elements 0103 and 0104), so a
declaration whose retour layout is not held in that same version has no answer in this form.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schemas.ei import Element, Layout, Record, layout

_FORMS = Path(__file__).with_name("retourvormen.csv")
#: Numbers within a record up to and with its reserve (80) are those of the message that was sent.
_LAATSTE_HERHAALDE = 80


@dataclass(frozen=True)
class Retourvorm:
    """The answer to one kind of declaration.

    Attributes:
        standaard: of the retour message, such as ``AP305``.
        versie: of the retour message.
        ei_code: code the retour message travels under.
        ontbreekt: in Dutch, why it cannot be written; empty when its layout is held.
    """

    standaard: str
    versie: str
    ei_code: str
    ontbreekt: str

    @property
    def layout(self) -> Layout:
        """The layout of the retour message.

        Raises:
            KeyError: it is not held; ``ontbreekt`` says so.
        """
        return layout(self.standaard, self.versie)


@cache
def _rows() -> list[dict[str, str]]:
    with _FORMS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def retour_forms() -> dict[tuple[str, str], Retourvorm]:
    """The form of the answer, by message code and version of the declaration."""
    return {
        (row["heen_ei_code"], row["heen_versie"]): Retourvorm(
            row["retour_standaard"], row["retour_versie"], row["retour_ei_code"], row["ontbreekt"]
        )
        for row in _rows()
    }


def declared_by(retour: Layout) -> str:
    """The standard of the declarations that a retour layout answers."""
    return next(r["heen_standaard"] for r in _rows() if r["retour_standaard"] == retour.standaard)


def is_echo(record: Record, element: Element) -> bool:
    """Whether an element of a retour record repeats what was declared."""
    return record.code != "99" and int(element.element[2:]) <= _LAATSTE_HERHAALDE
