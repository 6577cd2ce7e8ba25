"""Prestaties as lines of an EI message: 02 per insured person, 04, 06 and 16 per prestatie.

A *post* is the box of one declarant and one insurer: position ``declarant x 5 + insurer``. The
lines of all posts are laid out in one matrix, post by post, so a message is a slice of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from schemas.ei import Layout
from synthetic import ei_elementen
from synthetic.ei_bericht import Berichtregels, detail_lines
from synthetic.ei_boom import Boom
from synthetic.ei_writer import Waarde
from synthetic.gegevens import codes
from synthetic.personen import Personen
from synthetic.prestaties import Prestaties
from synthetic.regels import column, digits
from synthetic.wereld import Wereld

UZOVI = column([row["uzovi"] for row in codes("verzekeraar")])
VERZEKERAARS = len(UZOVI)


def _children(p: Prestaties) -> dict[str, NDArray[np.int64]]:
    """Prestatie of every record under one, by record code."""
    return {"06": p.tarief_van, "16": p.activiteit_van}


def _elements(
    layout: Layout, p: Prestaties, persoon: Personen, new: NDArray[np.bool_], wereld: Wereld
) -> dict[str, dict[str, Waarde]]:
    """Values by record code and element number, but for who the insured person is."""
    insured = ei_elementen.insured(persoon, p.persoon[new], wereld)
    if layout.standaard == "HA304":
        return {"02": insured, "04": ei_elementen.gp_prestatie(p)}
    return {
        "02": insured,
        "04": ei_elementen.hospital_prestatie(p, persoon, wereld),
        "06": ei_elementen.tariffs(p),
        "16": ei_elementen.activities(p),
    }


def message_lines(
    layout: Layout,
    prestaties: Prestaties,
    persoon: Personen,
    wereld: Wereld,
    volgende: NDArray[np.int64],
) -> Berichtregels:
    """Lay out prestaties as message lines.

    Args:
        layout: ZH308 or HA304.
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
        | {code: rows for code, rows in _children(p).items() if code in layout.records},
        credit=p.credit,
    )
    who = p.persoon[new]
    elements = _elements(layout, p, persoon, new, wereld)
    elements["02"] |= {
        "0203": persoon.bsn[who],
        "0204": UZOVI[p.verzekeraar[new]],
        "0205": digits(persoon.eerste + who + 1, 9),
    }
    return detail_lines(layout, boom, elements, volgende)
