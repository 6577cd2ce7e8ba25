"""Prestaties as lines of an EI message: 02 per insured person, 04, 06, 16 and 17 per prestatie.

A *post* is the box of one declarant and one insurer: position ``declarant x 5 + insurer``. The
lines of all posts are laid out in one matrix, post by post, so a message is a slice of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic import ei_elementen
from synthetic.ei_bericht import Berichtregels, detail_lines
from synthetic.ei_boom import Boom
from synthetic.ei_writer import Waarde
from synthetic.gegevens import codes
from synthetic.personen import Personen
from synthetic.prestaties import Prestaties
from synthetic.regels import column, digits
from synthetic.sectoren import Sector
from synthetic.wereld import Wereld

UZOVI = column([row["uzovi"] for row in codes("verzekeraar")])
VERZEKERAARS = len(UZOVI)


def _children(p: Prestaties) -> dict[str, NDArray[np.int64]]:
    """Prestatie of every record under one, by record code."""
    return {"06": p.tarief_van, "16": p.activiteit_van, "17": p.tijd_van}


def _elements(
    sector: Sector, p: Prestaties, persoon: Personen, new: NDArray[np.bool_], wereld: Wereld
) -> dict[str, dict[str, Waarde]]:
    """Values by record code and element number of the records that the sector uses."""
    who = p.persoon[new]
    insured = ei_elementen.insured(sector.layout, persoon, who, wereld) | {
        "0203": persoon.bsn[who],
        "0204": UZOVI[p.verzekeraar[new]],
        "0205": digits(persoon.eerste + who + 1, 9),
    }
    if sector.naam == "wlz":
        insured |= {"0224": 8002, "0225": digits(persoon.eerste + who + 1, 9)}
    prestatie = ei_elementen.prestatie(sector, p, persoon, wereld)
    found = {"02": insured, "04": prestatie}
    if len(p.tarief_van):
        found["06"] = ei_elementen.tariffs(sector, p, prestatie)
    if len(p.activiteit_van):
        found["16"] = ei_elementen.activities(p)
    if len(p.tijd_van):
        found["17"] = ei_elementen.time_spent(p)
    return found


def message_lines(
    sector: Sector,
    prestaties: Prestaties,
    persoon: Personen,
    wereld: Wereld,
    volgende: NDArray[np.int64],
) -> Berichtregels:
    """Lay out prestaties as message lines.

    Args:
        sector: how it is declared.
        prestaties: what is declared.
        persoon: the persons they refer to.
        wereld: tables of the region.
        volgende: number of detail records already written per post; numbering goes on there.

    Returns:
        The lines, ordered by post, person, date and reference.
    """
    post = prestaties.aanbieder * VERZEKERAARS + prestaties.verzekeraar
    order = np.lexsort((prestaties.nummer, prestaties.begin, prestaties.persoon, post))
    p, post = prestaties.take(order), post[order]
    new = np.r_[True, (post[1:] != post[:-1]) | (p.persoon[1:] != p.persoon[:-1])][: len(p)]
    boom = Boom(
        berichten=len(volgende),
        ouder={"02": post[new], "04": np.cumsum(new) - 1}
        | {code: rows for code, rows in _children(p).items() if len(rows)},
        credit=p.credit,
    )
    elements = _elements(sector, p, persoon, new, wereld)
    return detail_lines(sector.layout, boom, elements, volgende)
