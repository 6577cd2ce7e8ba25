"""Cells that may not be shown for what they are, before any arithmetic on them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from publish.disclosure.cells import SOORTEN, Cells, Flags
from publish.disclosure.rules import Regel, Rules

#: Reason by cell; empty where a cell may be shown.
Redenen = npt.NDArray[np.str_]

_REDEN_TYPE = "<U16"


def _weinig_personen(cells: Cells, rules: Rules) -> Flags:
    """Fewer persons than the threshold, unknown, or nobody beside a denominator that is there."""
    personen = cells.personen
    few = (personen > 0) & (personen < rules.drempel)
    nobody = (personen == 0) & (cells.noemer > 0)
    return np.isnan(personen) | few | nobody


def _kleine_teller(cells: Cells, rules: Rules) -> Flags:
    return (cells.teller > 0) & (cells.teller < rules.drempel)


def _klein_complement(cells: Cells, rules: Rules) -> Flags:
    rest = cells.noemer - cells.teller
    return (rest > 0) & (rest < rules.drempel)


def _iedereen(cells: Cells, rules: Rules) -> Flags:
    return (cells.noemer > 0) & (cells.teller == cells.noemer)


def _weinig_zorgaanbieders(cells: Cells, rules: Rules) -> Flags:
    enough = cells.zorgaanbieders >= rules.min_zorgaanbieders
    return cells.boven & ~enough & ~(cells.personen == 0)


_PREDICATES: dict[str, Callable[[Cells, Rules], Flags]] = {
    "weinig_personen": _weinig_personen,
    "kleine_teller": _kleine_teller,
    "klein_complement": _klein_complement,
    "iedereen": _iedereen,
    "weinig_zorgaanbieders": _weinig_zorgaanbieders,
}


def _holds_for(regel: Regel, cells: Cells) -> Flags:
    codes = [SOORTEN.index(soort) for soort in regel.geldt_voor]
    return np.isin(cells.soort, codes)


def primary(cells: Cells, rules: Rules) -> Redenen:
    """Judge every cell by itself.

    Args:
        cells: the cells.
        rules: the rules, applied in their order; the first that holds gives the reason.

    Returns:
        Reason by cell, empty where none holds.
    """
    redenen = np.full(len(cells), "", dtype=_REDEN_TYPE)
    for regel in rules.regels:
        holds = _PREDICATES[regel.naam](cells, rules) & _holds_for(regel, cells)
        redenen[holds & (redenen == "")] = regel.reden
    return redenen
