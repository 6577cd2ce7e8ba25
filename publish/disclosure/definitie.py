"""A definition under one name: what its cells are judged by, and not what another version was.

A new version may count something else: amounts in place of persons, parts that no longer add up.
"""

from __future__ import annotations

#: The name of the definition of a row that has ``indicator_id`` and ``definitie_versie``.
DEFINITIE_SQL = (
    "case when cast(definitie_versie as varchar) = '1' then indicator_id "
    "else indicator_id || '_v' || cast(definitie_versie as varchar) end"
)


def definitie(indicator_id: str, definitie_versie: str) -> str:
    """The same in Python: the indicator, and from version 2 on the version."""
    return indicator_id if definitie_versie == "1" else f"{indicator_id}_v{definitie_versie}"
