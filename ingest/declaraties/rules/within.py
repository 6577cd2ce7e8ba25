"""Rules within one record, as SQL over its text."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.declaraties.elements import characters, empty
from ingest.declaraties.kinds import RecordSoort
from ingest.declaraties.rules.binding import Gebonden, bound_rules
from ingest.declaraties.rules.language import Naming, to_sql
from schemas.ei import Element


@dataclass(frozen=True)
class Toets:
    """A rule and the SQL that says whether a record meets it; null counts as met."""

    gebonden: Gebonden
    sql: str


def element_sql(functie: str, element: Element, text: str) -> str:
    """A function of an element as SQL.

    Args:
        functie: of the language; ``tekst`` is the text itself.
        element: what is asked.
        text: SQL for its characters.
    """
    match functie:
        case "gevuld":
            return f"({text} <> '{empty(element)}')"
        case "leeg":
            return f"({text} = '{empty(element)}')"
        case "getal":
            return f"try_cast({text} as bigint)"
        case "datum":
            return f"cast(try_strptime({text}, '%Y%m%d') as date)"
        case _:
            return text


def written(gebonden: Gebonden, naming: Naming) -> str:
    """A rule as SQL: where ``als`` holds, ``eis`` holds."""
    regel = gebonden.regel
    eis = to_sql(regel.eis, naming)
    if regel.als is None:
        return eis
    return f"(not {to_sql(regel.als, naming)} or {eis})"


def rule_over_text(kind: RecordSoort, gebonden: Gebonden) -> str:
    """A rule that asks one record kind alone, over a column ``tekst``; null counts as met.

    Texts are compared without the spaces behind them, as elements of one thing differ in length.
    """

    def naming(functie: str, element: str) -> str:
        found = kind.record.bij_element(element)
        text = characters(found)
        is_compared = functie == "tekst" and found.type == "AN"
        return element_sql(functie, found, f"rtrim({text})" if is_compared else text)

    return written(gebonden, naming)


def rules_within(kind: RecordSoort) -> list[Toets]:
    """The rules that ask one record kind alone, over a column ``tekst``."""
    return [
        Toets(rule, rule_over_text(kind, rule))
        for rule in bound_rules(kind.layout.standaard, kind.layout.versie)
        if rule.record == kind.record.code and rule.is_binnen and not kind.is_retour
    ]
