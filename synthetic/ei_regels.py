"""Prestaties as lines of an EI message: 02 per insured person, 04, 06 and 16 per prestatie.

A *post* is the box of one declarant and one insurer: position ``declarant x 5 + insurer``. The
lines of all posts are laid out in one matrix, post by post, so a message is a slice of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schemas.ei import Layout
from synthetic import ei_elementen
from synthetic.ei_writer import Waarde, write_records
from synthetic.gegevens import codes
from synthetic.personen import Personen
from synthetic.prestaties import Prestaties
from synthetic.regels import column, digits
from synthetic.wereld import Wereld

UZOVI = column([row["uzovi"] for row in codes("verzekeraar")])
VERZEKERAARS = len(UZOVI)


@dataclass(frozen=True)
class Berichtregels:
    """Lines of many messages.

    Attributes:
        matrix: all lines, shape (lines, record length + 2).
        begin: first line of each post and one past the last, shape (posts + 1,).
        aantal: number of records by code and post.
        cent: signed amount per post in eurocents.
    """

    matrix: NDArray[np.uint8]
    begin: NDArray[np.int64]
    aantal: dict[str, NDArray[np.int64]]
    cent: NDArray[np.int64]


def _positions(p: Prestaties, new: NDArray[np.bool_]) -> dict[str, NDArray[np.int64]]:
    """Line number of every record, by record code."""
    tariffs = np.bincount(p.tarief_van, minlength=len(p))
    activities = np.bincount(p.activiteit_van, minlength=len(p))
    size = new + 1 + tariffs + activities
    end = np.cumsum(size)
    at_04 = end - size + new
    first_06, first_16 = at_04 + 1, at_04 + 1 + tariffs
    return {
        "02": at_04[new] - 1,
        "04": at_04,
        "06": first_06[p.tarief_van] + ei_elementen.within(p.tarief_van),
        "16": first_16[p.activiteit_van] + ei_elementen.within(p.activiteit_van),
    }


def _elements(
    layout: Layout, p: Prestaties, persoon: Personen, new: NDArray[np.bool_], wereld: Wereld
) -> dict[str, dict[str, Waarde]]:
    """Values by record code and element number, but for the elements all records share."""
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
    owner = {
        "02": np.flatnonzero(new),
        "04": np.arange(len(p)),
        "06": p.tarief_van,
        "16": p.activiteit_van,
    }
    elements = _elements(layout, p, persoon, new, wereld)
    posts = len(wereld.zorgaanbieders.agb) * VERZEKERAARS
    count = {code: np.bincount(post[owner[code]], minlength=posts) for code in elements}
    begin = np.r_[0, np.cumsum(np.sum(list(count.values()), axis=0))]
    matrix = np.empty((int(begin[-1]), layout.recordlengte + 2), dtype=np.uint8)
    at = _positions(p, new)
    for code, given in elements.items():
        who, box = p.persoon[owner[code]], post[owner[code]]
        shared: dict[str, Waarde] = {
            f"{code}02": volgende[box] + at[code] - begin[box] + 1,
            f"{code}03": persoon.bsn[who],
            f"{code}04": UZOVI[p.verzekeraar[owner[code]]],
            f"{code}05": digits(persoon.eerste + who + 1, 9),
        }
        record = layout.records[code]
        matrix[at[code]] = write_records(record, layout.recordlengte, shared | given, len(who))
    signed = np.where(p.credit, -p.cent, p.cent)
    cent = np.bincount(post, signed, minlength=posts)
    return Berichtregels(matrix, begin, count, np.rint(cent).astype(np.int64))
