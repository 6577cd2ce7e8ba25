"""The measures of the cells of a release, as arrays that rules and relations work on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt

from publish.disclosure.definitie import DEFINITIE_SQL
from publish.disclosure.rules import Rules

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

#: Kinds of indicator, in the order of their code in ``Cells.soort``.
SOORTEN = ("personen", "registraties", "bedrag", "aantallen")

_KIND_SQL = f"""
select {DEFINITIE_SQL} as definitie,
    case
        when bool_or(teller > noemer) then 'bedrag'
        when bool_and(noemer = n_personen) then 'personen'
        else 'registraties'
    end as soort
from cel
group by definitie
order by definitie
"""


@dataclass(frozen=True)
class Cells:
    """Measures by cell number; position = ``cel_id``.

    Attributes:
        teller: numerators; nan when unknown.
        noemer: denominators; nan when unknown.
        personen: distinct persons; nan when unknown.
        zorgaanbieders: providers in the cell; nan when unknown.
        boven: the cell lies above the level of one provider.
        soort: position of its kind in ``SOORTEN``.
    """

    teller: Floats
    noemer: Floats
    personen: Floats
    zorgaanbieders: Floats
    boven: Flags
    soort: Ints

    def __len__(self) -> int:
        return len(self.teller)

    def joined(self, other: Cells) -> Cells:
        """These cells followed by ``other``."""
        return Cells(
            *(
                np.concatenate([getattr(self, name), getattr(other, name)])
                for name in self.__dataclass_fields__
            )
        )

    def take(self, numbers: Ints) -> Cells:
        """The cells with these numbers, in this order."""
        return Cells(*(getattr(self, name)[numbers] for name in self.__dataclass_fields__))

    def minus(self, parts: Cells) -> Cells:
        """What is left of each cell beside its parts; level and kind are those of the parts.

        How many providers are behind what is left nobody knows: at most those of the cell.
        """
        return Cells(
            teller=np.nan_to_num(self.teller) - parts.teller,
            noemer=np.nan_to_num(self.noemer) - parts.noemer,
            personen=np.round(np.nan_to_num(self.personen) - parts.personen),
            zorgaanbieders=self.zorgaanbieders,
            boven=parts.boven,
            soort=parts.soort,
        )


def kinds(
    con: duckdb.DuckDBPyConnection, rules: Rules, register: Mapping[str, str]
) -> dict[str, str]:
    """The kind of every definition in table ``cel``.

    The register decides, so that a kind does not change with the figures. A definition it does not
    tell is judged by its figures: a numerator above its denominator makes an amount, a denominator
    that counts every person once a share of persons, anything else a share of records.

    Args:
        con: connection with table ``cel``.
        rules: translate ``soort_meting`` of the register into a kind.
        register: ``soort_meting`` by definition (``publish.disclosure.definitie``).

    Returns:
        Kind by definition.
    """
    found: dict[str, str] = dict(con.execute(_KIND_SQL).fetchall())
    return {
        naam: rules.soort_meting.get(register.get(naam, ""), soort) for naam, soort in found.items()
    }


def read_cells(con: duckdb.DuckDBPyConnection, rules: Rules, soorten: dict[str, str]) -> Cells:
    """Read table ``cel``.

    Args:
        con: connection with table ``cel``, numbered from 0 without gaps.
        rules: the rules.
        soorten: kind by definition.

    Returns:
        The cells, in order of ``cel_id``.
    """
    columns = con.execute(
        f"""
        select cast(teller as double) as teller, cast(noemer as double) as noemer,
            cast(n_personen as double) as personen,
            cast(n_zorgaanbieders as double) as zorgaanbieders, niveau,
            {DEFINITIE_SQL} as definitie
        from cel
        order by cel_id
        """
    ).fetchnumpy()
    numbers = {
        name: np.ma.filled(columns[name].astype(np.float64), np.nan)
        for name in ("teller", "noemer", "personen", "zorgaanbieders")
    }
    return Cells(
        **numbers,
        boven=~np.isin(columns["niveau"].astype(str), rules.aanbiederniveaus),
        soort=np.array(
            [SOORTEN.index(soorten[str(naam)]) for naam in columns["definitie"]], dtype=np.int64
        ),
    )
